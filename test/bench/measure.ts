import { spawnSync } from 'node:child_process';
import { at } from '../../generators/at.ts';

/** A whole process. */
export interface Program {
  argv: readonly string[];
  /** A file that it reads on standard input. */
  stdin?: string;
  /** The exit status that is expected. */
  status?: number;
  /** At most so many times the first program; without it, the figure is only printed. */
  limit?: number;
}

/** The Node programs to measure with: the current one, or those of `NODES=PATH,PATH`. */
export const nodes: readonly string[] = process.env.NODES?.split(',') ?? [process.execPath];

const rounds = 5;
const runs = 2;

/**
 * Prints the processor time of whole processes, and how many times that of the first one it is. All run in turn, and
 * the least of several rounds counts: other work on the machine only adds time. Fails where a limit is exceeded.
 */
export function compareProcesses(title: string, programs: Readonly<Record<string, Program>>): void {
  const entries = Object.entries(programs).map(([name, program]) => ({
    name,
    program,
    least: Number.POSITIVE_INFINITY,
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) entry.least = Math.min(entry.least, milliseconds(entry.program));
  }
  console.log(`  ${title}`);
  const base = at(entries, 0).least;
  for (const { name, program, least } of entries) {
    const ratio = least / base;
    const over = program.limit !== undefined && ratio > program.limit;
    const limit =
      program.limit === undefined ? '' : over ? `  over the limit of ${program.limit}` : ` (at most ${program.limit})`;
    console.log(
      `    ${name.padEnd(32)} ${least.toFixed(0).padStart(5)} ms ${ratio.toFixed(2).padStart(6)} times${limit}`,
    );
    if (over) process.exitCode = 1;
  }
}

export function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
}

/** bash measures processes with their children, in milliseconds: therefore several runs at once. */
function milliseconds({ argv, stdin = '/dev/null', status = 0 }: Program): number {
  const script = `TIMEFORMAT='%U %S'
    time for ((run = 0; run < $1; run++)); do
      "\${@:4}" <"$2" >/dev/null 2>/dev/null
      got=$?
      if ((got != $3)); then echo "exit status $got"; fi
    done`;
  const args = ['--norc', '-c', script, 'bash', `${runs}`, stdin, `${status}`, ...argv];
  const { stderr, stdout } = spawnSync('bash', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (stdout !== '') throw new Error(`${argv.join(' ')}: ${stdout}`);
  const [user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return ((user + system) * 1000) / runs;
}
