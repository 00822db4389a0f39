import type { Evaluated, EvaluatedPackage } from '../../evidence/evaluated.ts';
import { groupBy } from '../../group-by.ts';
import { changeCommand } from './change-command.ts';
import type { Finding, Known } from './finding.ts';

/** nixpkgs itself names the package insecure. */
const confidenceOfInsecure = 0.95;
/** A module or the list of aliases has the new name, and the file the former one. */
const confidenceOfRename = 0.95;

/**
 * Declared packages with known vulnerabilities or without maintenance, as nixpkgs marks them; packages and options that
 * the configuration names by a former name.
 */
export function toReplace({ evidence }: Known): Finding[] {
  const { packages, formerOptions = [] } = evidence.evaluated;
  return [
    ...packages.flatMap((entry, position) => insecure(entry, position)),
    ...packages.flatMap((entry, position) => renamedPackages(entry, position)),
    ...renamedOptions(formerOptions),
  ];
}

function renamedPackages({ declarations }: EvaluatedPackage, position: number): Finding[] {
  return declarations.flatMap(({ file, line, attribute, renamedTo }, index): Finding[] => {
    if (attribute === undefined || renamedTo === undefined || line === undefined) return [];
    const place = { file, line };
    return [
      {
        reason: { rule: 'package renamed', package: attribute, to: renamedTo, place },
        subject: attribute,
        evidence: [{ file: 'evaluated.json', pointer: `/packages/${position}/declarations/${index}`, source: place }],
        confidence: confidenceOfRename,
        saves: 0,
        change: changeCommand('replace', attribute, renamedTo),
      },
    ];
  });
}

/** One for each former name, with all its places. */
function renamedOptions(formerOptions: NonNullable<Evaluated['formerOptions']>): Finding[] {
  const rows = formerOptions.map((one, index) => ({ ...one, index }));
  return [...groupBy(rows, ({ name }) => name).values()].flatMap((same): Finding[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { name, to, file, line } = first;
    return [
      {
        reason: { rule: 'option renamed', option: name, to, place: { file, line } },
        subject: name,
        evidence: same.map(({ index, ...place }) => ({
          file: 'evaluated.json',
          pointer: `/formerOptions/${index}`,
          source: { file: place.file, line: place.line },
        })),
        confidence: confidenceOfRename,
        saves: 0,
        change: changeCommand('rename', name),
      },
    ];
  });
}

function insecure(entry: EvaluatedPackage, position: number): Finding[] {
  const mark = (entry.marks ?? []).findIndex(({ kind }) => kind === 'insecure');
  const why = entry.marks?.[mark]?.why;
  const index = entry.declarations.findIndex(({ by, line }) => by === null && line !== undefined);
  const declaration = entry.declarations[index];
  if (why === undefined || declaration === undefined) return [];
  const { file, line, attribute = entry.name } = declaration;
  const place = { file, ...(line === undefined ? {} : { line }) };
  const newer = unversioned(attribute);
  return [
    {
      reason: { rule: 'insecure', package: attribute, why: why.join('; '), place, newer },
      subject: attribute,
      evidence: [
        { file: 'evaluated.json', pointer: `/packages/${position}/marks/${mark}` },
        { file: 'evaluated.json', pointer: `/packages/${position}/declarations/${index}`, source: place },
      ],
      confidence: confidenceOfInsecure,
      saves: null,
      change: newer === null ? changeCommand('remove', attribute) : changeCommand('replace', attribute, newer),
    },
  ];
}

/** The attribute of the current version: `nodejs` for `nodejs_18`; null where the attribute names no version. */
function unversioned(attribute: string): string | null {
  const [, name] = /^(.*[A-Za-z])[-_]?\d+(?:_\d+)*$/.exec(attribute) ?? [];
  if (name === undefined) return null;
  // The plain attribute is Python 2's successor only in name.
  return name === 'python' ? 'python3' : name;
}
