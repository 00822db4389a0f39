import { type ReadEvidence, readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { random } from './random.ts';

/** Changes of evidence as a week brings them, and how many of them change CLAUDE.md. */
export interface Steadiness {
  host: string;
  changes: number;
  changed: number;
  /** Lines that came or went, by the kind of change. */
  examples: { change: string; removed: string[]; added: string[] }[];
}

type Change = (evidence: ReadEvidence, next: () => number) => string | null;

const pick = <Value>(list: readonly Value[], next: () => number): Value | undefined =>
  list[Math.floor(next() * list.length)];

/** Small changes: a day more, a few more uses, a commit, an update, another size, a moved line, a failed run. */
const changes: readonly Change[] = [
  ({ evidence: { shellHistory } }, next) => {
    const command = pick(shellHistory?.commands ?? [], next);
    if (command === undefined || shellHistory === undefined) return null;
    const more = 1 + Math.floor(next() * 3);
    command.uses += more;
    command.days += 1;
    command.lastDay = shellHistory.takenOn;
    for (const roles of [command.roles, command.recent, command.counted?.all, command.counted?.recent]) {
      if (roles !== undefined) roles.alone += more;
    }
    const captured = shellHistory.captured?.commands.find(({ name }) => name === command.name);
    if (captured !== undefined) captured.uses += more;
    shellHistory.commands.sort((one, other) => other.uses - one.uses || (one.name < other.name ? -1 : 1));
    return `${more} more uses of ${command.name}`;
  },
  ({ evidence: { shellHistory } }, next) => {
    const pattern = pick([...(shellHistory?.pipelines ?? []), ...(shellHistory?.sequences ?? [])], next);
    if (pattern === undefined) return null;
    pattern.uses += 1;
    return 'one more use of a pipeline or sequence';
  },
  ({ evidence: { shellHistory } }, next) => {
    const outcome = pick(shellHistory?.outcomes.commands ?? [], next);
    if (outcome === undefined || shellHistory === undefined) return null;
    outcome.attempts += 1;
    outcome.recentAttempts += 1;
    if (next() < 0.3) {
      outcome.failures += 1;
      outcome.recentFailures += 1;
      outcome.lastFailure = shellHistory.takenOn;
    }
    return `one more recorded run of ${outcome.command}`;
  },
  ({ evidence: { shellHistory, gitHistory } }) => {
    if (shellHistory === undefined) return null;
    const later = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    shellHistory.takenOn = later(shellHistory.takenOn);
    if (gitHistory !== undefined) gitHistory.takenOn = later(gitHistory.takenOn);
    return 'one day later';
  },
  ({ evidence: { evaluated } }, next) => {
    const found = pick(evaluated.packages, next);
    if (found === undefined || found.version === null) return null;
    found.version = `${found.version}.1`;
    return `update of ${found.name}`;
  },
  ({ evidence: { evaluated } }, next) => {
    const declared = evaluated.packages.filter(({ declarations }) => declarations.length > 0);
    const found = pick(declared, next);
    for (const declaration of found?.declarations ?? []) if (declaration.line !== undefined) declaration.line += 1;
    return found === undefined ? null : `moved line of ${found.name}`;
  },
  ({ evidence: { closure } }, next) => {
    const path = pick(closure?.paths ?? [], next);
    if (path === undefined) return null;
    path.narSize = Math.round(path.narSize * (0.97 + next() * 0.06));
    return 'another size of a store path';
  },
  ({ evidence: { gitHistory } }) => {
    if (gitHistory === undefined) return null;
    gitHistory.coverage.commits += 1;
    gitHistory.coverage.configurationCommits += 1;
    gitHistory.activity.changeDays += 1;
    gitHistory.activity.changesPerYear += 1;
    gitHistory.activity.daysSinceLastChange = 0;
    return 'one more commit';
  },
  ({ evidence: { agentSessions } }, next) => {
    const server = pick(agentSessions?.servers ?? [], next);
    if (server === undefined) return null;
    server.calls += 1;
    return 'one more call of an MCP tool';
  },
];

const numbers = /:\d+\b/g;

/** Applies each of `count` random changes to the evidence of a host, alone, and compares CLAUDE.md. */
export function steadinessOf(host: string, input: string, count: number): Steadiness {
  const before = contextOf(withFewOptions(readEvidence(input)));
  const next = random(14);
  const result: Steadiness = { host, changes: 0, changed: 0, examples: [] };
  const read = withFewOptions(readEvidence(input));
  for (let attempt = 0; result.changes < count && attempt < count * 10; attempt++) {
    const copy = structuredClone(read);
    const change = (pick(changes, next) as Change)(copy, next);
    if (change === null) continue;
    result.changes += 1;
    const after = contextOf(copy);
    if (after === before) continue;
    result.changed += 1;
    const [old, now] = [before.split('\n'), after.split('\n')];
    result.examples.push({
      change,
      removed: old.filter((line) => !now.includes(line)),
      added: now.filter((line) => !old.includes(line)),
    });
  }
  return result;
}

/** The documentation of options is only in the index: thousands of options would take most of the time. */
function withFewOptions(read: ReadEvidence): ReadEvidence {
  const { optionDocs } = read.evidence;
  if (optionDocs !== undefined) optionDocs.options.splice(10);
  return read;
}

function contextOf(read: ReadEvidence): string {
  return (
    buildOutput({ ...read, settings: { ...read.settings, report: false } }).files.get('CLAUDE.md') as string
  ).replaceAll(numbers, '');
}
