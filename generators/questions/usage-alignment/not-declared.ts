import type { Evidence } from '../../evidence/evidence.ts';
import type { InstalledCommands } from '../../evidence/installed-commands.ts';
import type { CommandUse, ShellHistory } from '../../evidence/shell-history.ts';
import { isBuiltin } from '../../lang/shell/shells.ts';
import { byText } from '../../order.ts';
import type { UsageAlignment, UsageInsight } from './schema.ts';

const minUses = 20;
const minDays = 3;

type NotDeclared = UsageAlignment['notDeclared'][number];

/** Commands that were used and are in no package of the configuration, most used first. */
export function commandsNotDeclared(
  { evaluated, commands }: Evidence,
  history: ShellHistory,
  { byCommand }: InstalledCommands,
): NotDeclared[] {
  // Without the commands of the packages, any package may have the command.
  if (commands === undefined) return [];
  const enabled = new Set(evaluated.options.map(({ option }) => option.replace(/^(programs|services)\./, '')));
  return history.commands
    .filter(({ name, uses, fetched, foundIn }) => {
      if (byCommand.has(name) || enabled.has(name) || uses + fetched.nixShell + fetched.nixRun === 0) return false;
      // `sudo kill`, `xargs echo`: the shell has them too, so no package is missing.
      if (isBuiltin('bash', name)) return false;
      // The running system has the command, so the configuration adds it in a way that the evaluation does not list.
      if (foundIn === 'system' || foundIn === 'user-profile') return false;
      // A home configuration does not know the programs of another distribution.
      return foundIn !== 'other' || evaluated.platform !== 'home-manager';
    })
    .map((use) => ({
      command: use.name,
      uses: use.uses,
      days: use.days,
      lastDay: use.lastDay,
      from: originOf(use),
      fetched: use.fetched,
    }))
    .sort((a, b) => allUses(b) - allUses(a) || byText(a.command, b.command));
}

/** The commands among them that are used often and whose origin is known. */
export function notDeclaredInsights(rows: readonly NotDeclared[]): UsageInsight[] {
  return rows.flatMap((row, index): UsageInsight[] => {
    const { command, from, days } = row;
    const uses = allUses(row);
    return uses < minUses || days < minDays || from === 'not on PATH'
      ? []
      : [{ kind: 'not declared', command, uses, from, evidence: [`/notDeclared/${index}`] }];
  });
}

/** `nix run nixpkgs#jq` is a use of jq, and counted apart. */
function allUses({ uses, fetched }: NotDeclared): number {
  return uses + fetched.nixRun;
}

function originOf({ fetched, foundIn }: CommandUse): NotDeclared['from'] {
  switch (foundIn) {
    case 'imperative-profile':
      return 'nix profile';
    case 'home':
      return 'home folder';
    case 'language':
      return 'language installer';
    case 'other':
      return 'other folder';
  }
  if (fetched.nixShell > 0) return 'nix-shell';
  return fetched.nixRun > 0 ? 'nix run' : 'not on PATH';
}
