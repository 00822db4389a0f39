import type { ShellHistory } from '../../evidence/shell-history.ts';

const minUses = 5;
const minDays = 2;
/** A workflow must account for this share of the uses of its rarer command. */
const minShareOfRarerCommand = 0.1;
/** A workflow must come this many times as often as it would by chance: a much used command follows every other. */
const minTimesChance = 2;

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

/** Whether a sequence of commands is used often, and more often than by chance. */
export function isWorkflow({ steps, uses, days }: Workflow, history: ShellHistory): boolean {
  if (uses < minUses || days < minDays || steps.some((step) => moving.has(step))) return false;
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
