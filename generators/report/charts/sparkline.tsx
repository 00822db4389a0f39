import { scaleLinear } from 'd3-scale';

const width = 96;
const height = 18;

/** The 24 months up to a day. */
export function monthsUpTo(day: string): string[] {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return Array.from({ length: 24 }, (_, index) => {
    const number = year * 12 + month - 1 - (23 - index);
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  });
}

/** A bar for each month with a use: days with a use, against those of the busiest month. */
export function Sparkline({
  months,
  uses,
}: {
  months: readonly string[];
  /** Month -> days with a use. */
  uses: Readonly<Record<string, number>>;
}) {
  const shown = months.map((month) => uses[month] ?? 0);
  const most = Math.max(...shown);
  if (most === 0) return null;
  const step = width / months.length;
  const scale = scaleLinear().domain([0, most]).range([0, height]);
  const bars = shown.flatMap((value, index) => {
    const bar = Math.max(1, Math.round(scale(value)));
    return value === 0 ? [] : [`M${index * step} ${height}v-${bar}h${step - 1}v${bar}z`];
  });
  const peak = months[shown.indexOf(most)];
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`most in ${peak}: ${most} days`}>
      <path d={bars.join('')} />
    </svg>
  );
}
