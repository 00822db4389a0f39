import { scaleThreshold } from 'd3-scale';
import { dayNumber, dayText } from '../../days.ts';

/** A day with changes. */
export interface CalendarDay {
  day: string;
  /** Commits: the shade. */
  amount: number;
  /** Of the entry that says the same in words. */
  id: string;
  title: string;
}

const cell = 11;
const step = 13;
const left = 26;
const top = 16;

/** One half-year, a column for each week from Monday to Sunday: two stand side by side or below each other. */
export function HalfYear({
  year,
  half,
  days,
  known,
}: {
  year: number;
  half: 0 | 1;
  days: readonly CalendarDay[];
  /** The first and the last day that the evidence covers: others are not drawn. */
  known: { from: string; to: string };
}) {
  const first = dayNumber(`${year}-${half === 0 ? '01' : '07'}-01`);
  const end = half === 0 ? dayNumber(`${year}-07-01`) : dayNumber(`${year + 1}-01-01`);
  const monday = first - weekday(first);
  const columns = Math.ceil((end - monday) / 7);
  const at = (day: number) => ({
    x: left + Math.floor((day - monday) / 7) * step,
    y: top + weekday(day) * step,
  });
  const [from, to] = [dayNumber(known.from), dayNumber(known.to)];
  const empty = Array.from({ length: end - first }, (_, index) => first + index)
    .filter((day) => day >= from && day <= to)
    .map(at)
    .map(({ x, y }) => `M${x} ${y}h${cell}v${cell}h-${cell}z`)
    .join('');
  const months = Array.from({ length: 6 }, (_, index) => {
    const month = String(half * 6 + index + 1).padStart(2, '0');
    return { month, x: left + Math.ceil((dayNumber(`${year}-${month}-01`) - monday) / 7) * step };
  });
  return (
    <svg
      class="calendar"
      viewBox={`0 0 ${left + columns * step} ${top + 7 * step}`}
      aria-label={`Changes from ${dayText(first)} to ${dayText(end - 1)}`}
    >
      {months.map(({ month, x }) => (
        <text key={month} x={x} y={11}>
          {monthNames[Number(month) - 1]}
        </text>
      ))}
      {['Mon', 'Wed', 'Fri'].map((name, index) => (
        <text key={name} x={0} y={top + index * 2 * step + 9}>
          {name}
        </text>
      ))}
      <path class="level-0" d={empty} />
      {days.map(({ day, amount, id, title }) => {
        const { x, y } = at(dayNumber(day));
        return (
          <a key={day} href={`#${id}`} class="day">
            <title>{title}</title>
            <rect class={`level-${levelOf(amount)}`} x={x} y={y} width={cell} height={cell} rx="2" />
          </a>
        );
      })}
    </svg>
  );
}

/** The shade of a number of commits. */
const levelOf = scaleThreshold<number, number>().domain([2, 4, 8]).range([1, 2, 3, 4]);

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 0: Monday. */
function weekday(day: number): number {
  return (day + 3) % 7;
}
