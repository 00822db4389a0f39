import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import type { PackageEvolution } from '../../questions/package-evolution/schema.ts';
import { type Change, changesOf } from '../changes.ts';
import { type CalendarDay, HalfYear, levelsOf } from '../charts/calendar.tsx';
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
  const byDay = groupBy(changesOf(evolution), ({ day }) => day);
  const days = [...byDay].map(([day, changes]): CalendarDay & { changes: Change[] } => ({
    day,
    changes,
    amount: changes.reduce((total, { names }) => total + amountOf(names), 0),
    id: `day-${day}`,
    title: `${day}: ${changes.map(summary).join('; ')}`,
  }));
  const levelOf = levelsOf(days.map(({ amount }) => amount));
  const years = [...new Set(days.map(({ day }) => day.slice(0, 4)))].sort((a, b) => byText(b, a));
  const { activity, coverage, takenOn } = evolution;
  return (
    <>
      <p class="lead">
        {count(coverage.configurationCommits, 'commit')} to the configuration
        {coverage.first === null ? '' : ` from ${coverage.first} to ${coverage.last}`}. In the {activity.windowDays}{' '}
        days before {takenOn} it changed on {count(activity.changeDays, 'day')}. A shaded day added, moved or removed a
        package or an option.
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
                levelOf={levelOf}
                days={days.filter(({ day }) => day.startsWith(year) && (Number(day.slice(5, 7)) > 6 ? 1 : 0) === half)}
              />
            ))}
          </div>
        </div>
      ))}
      <p class="legend shades">
        fewer
        <svg viewBox="0 0 63 11" class="swatches" aria-hidden="true">
          {[0, 1, 2, 3, 4].map((level) => (
            <rect key={level} class={`level-${level}`} x={level * 13} width="11" height="11" rx="2" />
          ))}
        </svg>
        more changes on a day
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

function Day({ of: { id, day, changes } }: { of: { id: string; day: string; changes: readonly Change[] } }) {
  return (
    <li id={id}>
      <span class="day">{day}</span>
      <div>
        {changes.map((change) => (
          <p key={change.commit}>
            {change.reasons.map((reason) => (
              <q key={reason}>{reason}</q>
            ))}{' '}
            <span class="minor">
              {summary(change)} · <code>{change.commit.slice(0, 8)}</code>
            </span>
          </p>
        ))}
      </div>
    </li>
  );
}

/** `added just; removed gnumake` */
function summary({ names }: Change): string {
  return [...names].map(([type, some]) => `${type.replace('-', ' ')} ${enumeration(some, 8)}`).join('; ');
}

function amountOf(names: Change['names']): number {
  return [...names.values()].reduce((total, some) => total + some.length, 0);
}
