import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { changeCommand } from './change-command.ts';
import type { Finding, Known } from './finding.ts';

/** nixpkgs itself names the package insecure. */
const confidenceOfInsecure = 0.95;

/** Declared packages with known vulnerabilities or without maintenance, as nixpkgs marks them. */
export function toReplace({ evidence }: Known): Finding[] {
  return evidence.evaluated.packages.flatMap((entry, position) => insecure(entry, position));
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
