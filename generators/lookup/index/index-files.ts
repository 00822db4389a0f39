import type { Evidence } from '../../evidence/evidence.ts';
import type { Settings } from '../../evidence/settings.ts';
import { optionRows } from './option-rows.ts';
import { optionColumns } from './options-table.ts';
import { packageRows } from './package-rows.ts';
import { packageColumns } from './packages-table.ts';
import { sourceOf } from './source.ts';
import { writeTable } from './table.ts';

/**
 * The index that look-ups read, below `intelligence/`: `options.tsv`, `packages.tsv`, `renamed.json` and `source.json`.
 * Empty without the documentation of the options, which a configuration can leave out.
 *
 * @returns path in the output folder -> text
 */
export function indexFiles(evidence: Evidence, settings: Settings): ReadonlyMap<string, string> {
  const { evaluated, optionDocs } = evidence;
  if (optionDocs === undefined) return new Map();
  const renamed = optionDocs.renamed.map((one) => JSON.stringify(one)).join(',\n');
  return new Map([
    [
      'intelligence/options.tsv',
      writeTable(
        optionColumns,
        optionRows([...(evaluated.foreignOptions ?? []), ...optionDocs.options], evaluated.settings ?? []),
      ),
    ],
    ['intelligence/packages.tsv', writeTable(packageColumns, packageRows(evidence))],
    ['intelligence/source.json', `${JSON.stringify(sourceOf(evidence, settings))}\n`],
    ['intelligence/renamed.json', `{ "schemaVersion": 1, "options": [\n${renamed}\n] }\n`],
  ]);
}
