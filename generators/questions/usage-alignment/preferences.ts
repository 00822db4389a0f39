import { type Alternatives, alternatives } from '../../data/alternatives.ts';
import type { CommandUse, ShellHistory } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { UsageAlignment } from './schema.ts';

const minUses = 10;
/** The preferred command has this many times the uses of each other one. */
const minRatio = 3;

/** Of commands for the same purpose, those that are used much more than each of the others. */
export function preferences({ commands }: ShellHistory): UsageAlignment['preferences'] {
  const byName = new Map(commands.map((use) => [use.name, use]));
  return alternatives.flatMap(({ purpose, commands: names, roles }) => {
    const [first, ...others] = names
      .flatMap((name) => {
        const use = byName.get(name);
        return use === undefined
          ? []
          : [{ command: name, uses: sum(use.roles, roles), recent: sum(use.recent, roles) }];
      })
      .filter(({ uses }) => uses > 0)
      .sort((a, b) => b.uses - a.uses || byText(a.command, b.command));
    if (first === undefined || others.length === 0 || first.uses < minUses) return [];
    // A preference of years ago is not one of today.
    const isPreferred = others.every(({ uses, recent }) => first.uses >= minRatio * uses && first.recent >= recent);
    if (!isPreferred) return [];
    const over = others.map(({ command, uses }) => ({ command, uses }));
    return [{ purpose, preferred: first.command, uses: first.uses, over, roles: [...roles] }];
  });
}

function sum(counts: CommandUse['roles'], roles: Alternatives['roles']): number {
  return roles.reduce((total, role) => total + counts[role], 0);
}
