import type { UsageAlignment } from '../questions/usage-alignment/schema.ts';
import type { ToolProfile } from '../tools/schema.ts';
import { count, enumeration } from './wording.ts';

/** What the evidence shows about the use of a package. */
export interface Verdict {
  kind: 'used' | 'unused' | 'no use seen' | 'no command' | 'not known';
  evidence: string;
}

/** The verdict on every package, in the order of `profiles`. */
export function verdicts(profiles: readonly ToolProfile[], usage: UsageAlignment | undefined): Verdict[] {
  const uses = new Map(usage?.tools.map((tool) => [tool.package, tool]));
  const unused = new Map(usage?.unused.map((row) => [row.package, row]));
  return profiles.map(({ id, kind, commands }): Verdict => {
    if (commands?.length === 0)
      return { kind: 'no command', evidence: `${noun[kind]}: no shell history shows its use` };
    if (usage === undefined) return { kind: 'not known', evidence: 'no shell history' };
    const use = uses.get(id);
    if (use !== undefined && use.rank !== null) {
      const last = use.lastDay === null ? 'on a day that is not known' : `last on ${use.lastDay}`;
      return { kind: 'used', evidence: `${last}; ${use.recent} in 90 days` };
    }
    const row = unused.get(id);
    if (row !== undefined) {
      const removable = row.removable ? '; named nowhere else, needed by no other package' : '';
      return { kind: 'unused', evidence: `not typed in ${count(row.days, 'day')}${removable}` };
    }
    if (use === undefined) return { kind: 'not known', evidence: 'its commands are not known' };
    const { enough, why } = usage.window;
    return {
      kind: 'no use seen',
      evidence: enough ? 'never typed, but other programs or files may run it' : `the history is too thin: ${why}`,
    };
  });
}

const noun: Readonly<Record<ToolProfile['kind'], string>> = {
  tool: 'no command',
  graphical: 'a graphical program',
  font: 'a font',
  library: 'a library',
  other: 'no command',
};

/** Why a package is there: the author's words, else the option that adds it; null where nothing states it. */
export function declaredBy({ declarations }: Pick<ToolProfile, 'declarations'>): string | null {
  const options = [...new Set(declarations.flatMap(({ by }) => by ?? []))];
  return options.length === 0 || options.length < declarations.length ? null : `added by ${enumeration(options)}`;
}
