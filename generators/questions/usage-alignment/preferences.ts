import { type Alternatives, alternatives } from '../../data/alternatives.ts';
import { daysBetween } from '../../days.ts';
import type { CommandUse, HistorySource, ShellHistory } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { CountSource, UsageAlignment } from './schema.ts';

const minUses = 10;
const minRecorderDays = 30;
/** The preferred command has this many times the uses of each other one. */
const minRatio = 3;

/** Of commands for the same purpose, those that are used much more than each of the others. */
export function preferences(history: ShellHistory): UsageAlignment['preferences'] {
  const source = comparableSource(history);
  if (source === null) return [];
  return alternatives.flatMap(({ purpose, commands: names, roles }) => {
    const [first, ...others] = names
      .flatMap((name) => {
        const counts = countsIn(history, source, name, roles);
        return counts === null ? [] : [{ command: name, ...counts }];
      })
      .filter(({ uses }) => uses > 0)
      .sort((a, b) => b.uses - a.uses || byText(a.command, b.command));
    if (first === undefined || others.length === 0 || first.uses < minUses) return [];
    // A preference from years ago may no longer be true.
    const isPreferred = others.every(({ uses, recent }) => first.uses >= minRatio * uses && first.recent >= recent);
    if (!isPreferred) return [];
    const over = others.map(({ command, uses }) => ({ command, uses }));
    return [{ purpose, preferred: first.command, uses: first.uses, over, roles: [...roles], source }];
  });
}

/**
 * The source that records every use: the recorder once it has run for 30 days, else the histories that store every use.
 * null if most lines are from fish, which stores a line once: a daily `nvim` is one line there, so its counts cannot be
 * compared.
 */
export function comparableSource({ captured, commands, sources, takenOn }: ShellHistory): CountSource | null {
  const from = captured?.from ?? null;
  if (from !== null && daysBetween(from, takenOn) >= minRecorderDays) return 'recorder';
  const entries = (kind: HistorySource['counts']): number =>
    sources.reduce((sum, source) => sum + (source.counts === kind ? source.entries : 0), 0);
  // An occasional bash does not show the habits of a user who works in fish.
  const isMost = entries('every use') > entries('distinct lines');
  return isMost && commands.some(({ counted }) => counted !== undefined) ? 'histories' : null;
}

function countsIn(
  { captured, commands }: ShellHistory,
  source: CountSource,
  name: string,
  roles: Alternatives['roles'],
): { uses: number; recent: number } | null {
  if (source === 'recorder') {
    const found = captured?.commands.find((one) => one.name === name);
    if (found === undefined) return null;
    // The recorder records the last command of a pipeline, which is a filter.
    const uses = roles.includes('filters') ? found.uses : found.uses - found.piped;
    return { uses, recent: uses };
  }
  const counted = commands.find((use) => use.name === name)?.counted;
  return counted === undefined ? null : { uses: sum(counted.all, roles), recent: sum(counted.recent, roles) };
}

function sum(counts: CommandUse['roles'], roles: Alternatives['roles']): number {
  return roles.reduce((total, role) => total + counts[role], 0);
}
