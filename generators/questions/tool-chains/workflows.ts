import type { ShellHistory } from '../../evidence/shell-history.ts';

const minUses = 5;
const minDays = 2;
/** A workflow must account for this share of the uses of its rarer command. */
const minShareOfRarerCommand = 0.1;
/** A workflow must come this many times as often as it would by chance: a much used command follows every other. */
const minTimesChance = 2;

/** From this share of its uses on a sequence counts as a part of the longer one. */
const minShareOfLonger = 0.5;

/** Commands that only move or look around: every command follows them. */
const moving = new Set([
  'cd',
  'ls',
  'll',
  'la',
  'l',
  'pwd',
  'clear',
  'exit',
  'history',
  'eza',
  'z',
  'pushd',
  'popd',
  'echo',
]);

type Workflow = ShellHistory['sequences'][number];

/** Without sessions two terminals are one history: what happens side by side then comes in both orders. */
const minTimesReverse = 3;

/**
 * Whether a sequence of commands is used often, more often than by chance, and in this order. Subcommands of one
 * program (`git add`, `git commit`) follow each other everywhere: that is no workflow of this user.
 */
export function isWorkflow({ steps, uses, days }: Workflow, history: ShellHistory): boolean {
  if (uses < minUses || days < minDays || steps.some((step) => moving.has(step))) return false;
  if (new Set(steps.map((step) => step.split(' ', 1)[0])).size === 1) return false;
  if (!knowsSessions(history) && !isDirected(steps, uses, history)) return false;
  const stepUses = steps.map((step) => usesOf(step, history));
  return (
    uses >= minShareOfRarerCommand * Math.min(...stepUses) &&
    uses >= minTimesChance * usesByChance(steps, stepUses, history)
  );
}

/** How often the last step would follow the steps before it if it were as likely after any line. */
function usesByChance(
  steps: readonly string[],
  stepUses: readonly number[],
  { sequences, totals }: ShellHistory,
): number {
  const before = steps.slice(0, -1).join('\n');
  const usesBefore = steps.length === 2 ? stepUses[0] : sequences.find((one) => one.steps.join('\n') === before)?.uses;
  return ((usesBefore ?? 0) * (stepUses.at(-1) ?? 0)) / Math.max(1, totals.lines);
}

/** Uses of `git commit` or `fd`. `kill` is counted as a builtin, and with `sudo` as a command: both are the step. */
function usesOf(step: string, { commands, builtins }: ShellHistory): number {
  const [name, ...rest] = step.split(' ');
  const command = commands.find((one) => one.name === name);
  const subcommand = command?.subcommands.find((one) => one.name === rest.join(' '));
  if (subcommand !== undefined) return subcommand.uses;
  return (command?.uses ?? 0) + (builtins.find((one) => one.name === name)?.uses ?? 0);
}

/** Whether every history that was read records the terminal of each line. */
function knowsSessions({ sources }: ShellHistory): boolean {
  return sources.every(({ kind, entries }) => entries === 0 || kind === 'atuin' || kind === 'nushell');
}

function isDirected(steps: readonly string[], uses: number, { sequences }: ShellHistory): boolean {
  const reverse = [...steps].reverse().join('\n');
  const pairsReversed = sequences.find((one) => one.steps.join('\n') === reverse)?.uses ?? 0;
  return uses >= minTimesReverse * pairsReversed;
}

/** Without sequences that mostly are a part of a longer one in the list. */
export function withoutParts<Sequence extends Pick<Workflow, 'steps' | 'uses'>>(
  workflows: readonly Sequence[],
): Sequence[] {
  return workflows.filter(
    ({ steps, uses }) =>
      !workflows.some(
        (longer) =>
          longer.steps.length > steps.length &&
          `\n${longer.steps.join('\n')}\n`.includes(`\n${steps.join('\n')}\n`) &&
          longer.uses >= minShareOfLonger * uses,
      ),
  );
}
