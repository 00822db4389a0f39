import { daysBetween } from '../../days.ts';
import type { GitHistory } from '../../evidence/git-history.ts';
import { groupBy } from '../../group-by.ts';
import type { LogEntry } from './read-log.ts';
import type { ToolTimeline } from './timeline.ts';

const fixes =
  /^(?:fix|hotfix|bugfix|oops|typo|repair|correct)\b|^[a-z]+(?:\([^)]*\))?: *(?:fix|correct|repair)\b|\bfix(?:ed|es)? (?:build|typo|rebuild|the build|eval)/i;
const reverts = /^revert\b|^This reverts commit [0-9a-f]{7,}/im;

/** How often and how the configuration changes. The schema defines the bands. */
export function activity(
  log: readonly LogEntry[],
  lives: readonly ToolTimeline[],
  takenOn: string,
): GitHistory['activity'] {
  const own = log.filter(({ parents }) => parents.length < 2);
  const changing = own.filter(({ changes }) => changes.length > 0);
  const days = changing.map(({ day }) => day).sort();
  const first = own.map(({ day }) => day).sort()[0];
  const age = first === undefined ? 0 : Math.max(0, daysBetween(first, takenOn)) + 1;
  const windowDays = Math.min(365, age);
  const changeDays = new Set(days.filter((day) => daysBetween(day, takenOn) < windowDays && day <= takenOn)).size;
  const changesPerYear = windowDays === 0 ? 0 : Math.round((changeDays * 365) / windowDays);
  const last = days.at(-1);
  return {
    windowDays,
    days: Object.fromEntries([...groupBy(days, (day) => day)].map(([day, commits]) => [day, commits.length])),
    changeDays,
    changesPerYear,
    band:
      windowDays < 30
        ? 'too young'
        : changesPerYear <= 12
          ? 'stable'
          : changesPerYear <= 52
            ? 'steady'
            : 'experimenting',
    daysSinceLastChange: last === undefined ? 0 : Math.max(0, daysBetween(last, takenOn)),
    reverts: own.filter(({ message }) => reverts.test(message)).length,
    fixChains: fixChains(changing),
    lockUpdates: lockUpdates(own),
    comeAndGo: comeAndGo(lives),
    life: lifeSpans(lives),
  };
}

function fixChains(changing: readonly LogEntry[]): GitHistory['activity']['fixChains'] {
  const ordered = [...changing].sort((a, b) => a.time - b.time || (a.hash < b.hash ? -1 : 1));
  const lengths: number[] = [];
  let length = 1;
  for (const [index, before] of ordered.entries()) {
    const entry = ordered[index + 1];
    const follows =
      entry !== undefined &&
      entry.time - before.time <= 7200 &&
      fixes.test(entry.message) &&
      entry.changes.some(({ path }) => before.changes.some((other) => other.path === path));
    if (follows) {
      length += 1;
    } else {
      if (length > 1) lengths.push(length);
      length = 1;
    }
  }
  return {
    count: lengths.length,
    commits: lengths.reduce((sum, one) => sum + one, 0),
    longest: Math.max(0, ...lengths),
  };
}

function lockUpdates(own: readonly LogEntry[]): GitHistory['activity']['lockUpdates'] {
  const days = [...new Set(own.filter(({ changesLock }) => changesLock).map(({ day }) => day))].sort();
  const gaps = days.flatMap((day, index) => {
    const next = days[index + 1];
    return next === undefined ? [] : [daysBetween(day, next)];
  });
  return {
    count: own.filter(({ changesLock }) => changesLock).length,
    medianDaysBetween: median(gaps),
    last: days.at(-1) ?? null,
  };
}

function comeAndGo(lives: readonly ToolTimeline[]): { name: string; times: number }[] {
  return lives
    .map(({ name, changes }) => ({ name, times: changes.filter(({ type }) => type === 'added').length }))
    .filter(({ times }) => times > 1)
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1));
}

function lifeSpans(lives: readonly ToolTimeline[]): GitHistory['activity']['life'] {
  let added = 0;
  const ended: number[] = [];
  for (const { changes } of lives) {
    let start: string | undefined;
    for (const { type, commit } of changes) {
      if (type === 'added') {
        added += 1;
        start = commit.day;
      } else if ((type === 'removed' || type === 'commented-out') && start !== undefined) {
        ended.push(Math.max(0, daysBetween(start, commit.day)));
        start = undefined;
      }
    }
  }
  return {
    added,
    ended: ended.length,
    medianDaysOfEnded: median(ended),
    goneWithin30Days: ended.filter((days) => days <= 30).length,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const lower = sorted[(sorted.length - 1) >> 1];
  const upper = sorted[sorted.length >> 1];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
