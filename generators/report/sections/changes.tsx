import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import type { PackageEvolution } from '../../questions/package-evolution/schema.ts';
import { type Change, changesOf } from '../changes.ts';
import { type CalendarDay, HalfYear } from '../charts/calendar.tsx';
import type { ReportData } from '../data.ts';
import { Missing, type Section } from '../parts.tsx';
import { count, enumeration } from '../wording.ts';

const mostYears = 4;
/** Days listed at once; the others are behind one click. */
const shownDays = 8;

/** When the configuration changed, and why: a calendar, and its days in words. */
export function changesSection({ package_evolution: evolution, manifest }: ReportData): Section {
  return {
    id: 'changes',
    title: 'Changes',
    content:
      evolution === undefined ? (
        <Missing
          what="When and why it changed is not known: no git history."
          evidence="snapshots/git-history.json"
          manifest={manifest}
        />
      ) : (
        <Changes evolution={evolution} />
      ),
  };
}

function Changes({ evolution }: { evolution: PackageEvolution }) {
  const { activity, coverage, takenOn } = evolution;
  const changes = groupBy(changesOf(evolution), ({ day }) => day);
  const commits = new Map(Object.entries(activity.days));
  const days = [...new Set([...commits.keys(), ...changes.keys()])]
    .sort((a, b) => byText(b, a))
    .map((day): DayOfChanges => {
      const some = changes.get(day) ?? [];
      const amount = Math.max(commits.get(day) ?? 0, some.length);
      const words = [count(amount, 'commit'), ...some.map(summary)];
      return { day, changes: some, amount, id: `day-${day}`, title: `${day}: ${words.join('; ')}` };
    });
  const years = [...new Set(days.map(({ day }) => day.slice(0, 4)))].sort((a, b) => byText(b, a));
  return (
    <>
      <p class="lead">
        {count(coverage.configurationCommits, 'commit')} to the configuration
        {coverage.first === null ? '' : ` from ${coverage.first} to ${coverage.last}`}. In the {activity.windowDays}{' '}
        days before {takenOn} it changed on {count(activity.changeDays, 'day')}. The darker a day, the more commits it
        has.
      </p>
      {years.slice(0, mostYears).map((year) => (
        <div key={year} class="year">
          <h3>{year}</h3>
          <div class="halves">
            {([0, 1] as const).map((half) => (
              <HalfYear
                key={half}
                year={Number(year)}
                half={half}
                known={{ from: coverage.first ?? takenOn, to: takenOn }}
                days={days.filter(({ day }) => day.startsWith(year) && (Number(day.slice(5, 7)) > 6 ? 1 : 0) === half)}
              />
            ))}
          </div>
        </div>
      ))}
      <p class="legend shades">
        none, 1, 2, 4,
        <svg viewBox="0 0 63 11" class="swatches" aria-hidden="true">
          {[0, 1, 2, 3, 4].map((level) => (
            <rect key={level} class={`level-${level}`} x={level * 13} width="11" height="11" rx="2" />
          ))}
        </svg>
        8 commits and more
      </p>
      <ol class="days">
        {days.slice(0, shownDays).map((day) => (
          <Day key={day.id} of={day} />
        ))}
      </ol>
      {days.length > shownDays && (
        <details>
          <summary>{count(days.length - shownDays, 'earlier day')}</summary>
          <ol class="days">
            {days.slice(shownDays).map((day) => (
              <Day key={day.id} of={day} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

interface DayOfChanges extends CalendarDay {
  /** The commits that changed packages or options. */
  changes: readonly Change[];
}

function Day({ of: { id, day, changes, amount } }: { of: DayOfChanges }) {
  const others = amount - changes.length;
  return (
    <li id={id}>
      <span class="day">{day}</span>
      <div>
        {changes.map((change) => (
          <p key={change.commit}>
            {change.reasons.map((reason) => (
              <span key={reason}>
                <q>{reason}</q>{' '}
              </span>
            ))}
            <span class="minor">
              {summary(change)} · <code>{change.commit.slice(0, 8)}</code>
            </span>
          </p>
        ))}
        {others > 0 && (
          <p class="minor">
            {count(others, changes.length > 0 ? 'other commit' : 'commit')} without a change of packages or options
          </p>
        )}
      </div>
    </li>
  );
}

/** `added just; removed gnumake` */
function summary({ names }: Change): string {
  return [...names].map(([type, some]) => `${type.replace('-', ' ')} ${enumeration(some, 8)}`).join('; ');
}
