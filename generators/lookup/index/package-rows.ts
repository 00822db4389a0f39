import type { Evidence } from '../../evidence/evidence.ts';
import { byText } from '../../order.ts';
import { provenanceText } from '../packages/provenance-text.ts';
import { spellPlace } from './option-rows.ts';
import type { PackageRow } from './packages-table.ts';

/**
 * The rows of `packages.tsv`, sorted by name: one for each place that declares an installed package; a package
 * that the distribution adds has one row without a place.
 */
export function packageRows({ evaluated, commands }: Evidence): PackageRow[] {
  return evaluated.packages
    .flatMap((one): PackageRow[] => {
      const row: PackageRow = {
        name: one.name,
        version: one.version ?? '',
        attribute: '',
        scope: one.scopes.join(' '),
        declared: '',
        by: '',
        differs: provenanceText(one, one.version ?? undefined).join('; '),
        commands: (commands?.packages[one.id] ?? []).join(' '),
        description: one.description ?? '',
      };
      if (one.declarations.length === 0) return [row];
      return one.declarations.map(({ attribute, file, line, by }) => ({
        ...row,
        attribute: attribute ?? '',
        declared: spellPlace({ file, ...(line === undefined ? {} : { line }) }),
        by: by ?? '',
      }));
    })
    .sort((a, b) => byText(a.name, b.name) || byText(a.version, b.version) || byText(a.declared, b.declared));
}
