import { groupBy } from '../group-by.ts';
import { byText } from '../order.ts';
import type { PackageEvolution } from '../questions/package-evolution/schema.ts';

/** What one commit changed in the packages and options of this host, with the author's words. */
export interface Change {
  day: string;
  /** First twelve digits of its hash. */
  commit: string;
  /** `added`, `removed`, `moved`, … -> names. */
  names: ReadonlyMap<string, readonly string[]>;
  reasons: readonly string[];
}

interface Event {
  day: string;
  commit: string;
  type: string;
  name: string | null;
  reason: string | null;
}

/** Every commit that the history names, latest first. */
export function changesOf(evolution: PackageEvolution): Change[] {
  const byCommit = groupBy(eventsOf(evolution), ({ commit }) => commit);
  return [...byCommit]
    .map(([commit, events]): Change => {
      const named = groupBy(
        events.filter(({ name }) => name !== null),
        ({ type }) => type,
      );
      return {
        day: events[0]?.day ?? '',
        commit,
        names: new Map([...named].map(([type, some]) => [type, unique(some.map(({ name }) => name))])),
        reasons: unique(events.map(({ reason }) => reason)),
      };
    })
    .sort((a, b) => byText(b.day, a.day) || byText(a.commit, b.commit));
}

function eventsOf({ packages, options, removed, migrations, milestones }: PackageEvolution): Event[] {
  const kept = [
    ...packages.map((span) => ({ ...span, title: span.declaredAs })),
    ...options.map((span) => ({ ...span, title: span.option })),
  ];
  return [
    ...kept.flatMap(({ title, events, reason: stated }) =>
      events.map(({ date, commit, type, reason }) => ({
        day: date,
        commit,
        type,
        name: title,
        reason: reason?.text ?? (stated?.commit === commit ? stated.text : null),
      })),
    ),
    ...removed.map(({ name, to, commit, commentedOut, reason }) => ({
      day: to,
      commit,
      type: commentedOut ? 'commented-out' : 'removed',
      name,
      reason: reason?.text ?? null,
    })),
    ...migrations.map(({ date, commit, words }) => ({
      day: date,
      commit,
      type: 'replaced',
      name: null,
      reason: words,
    })),
    ...milestones.map(({ date, commit, name }) => ({ day: date, commit, type: 'tagged', name, reason: null })),
  ];
}

function unique(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null);
}
