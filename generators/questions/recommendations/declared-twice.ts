import type { Declaration, EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { changeCommand, writtenName } from './change-command.ts';
import type { Finding, Known } from './finding.ts';
import { hostsOf } from './sharing.ts';

/** Both declarations give the same store path: the evaluation shows it. */
const confidenceOfTwice = 0.95;

/** Packages that the configuration declares at two places, one of which is enough. */
export function declaredTwice({ evidence }: Known): Finding[] {
  return evidence.evaluated.packages.flatMap((entry, position): Finding[] => {
    const pair = redundantPair(entry, evidence);
    if (pair === undefined) return [];
    const [kept, redundant] = pair;
    const name = writtenName(entry.name, entry.declarations);
    return [
      {
        reason: { rule: 'declared twice', package: name, places: [placeOf(kept), placeOf(redundant)], option: kept.by },
        subject: entry.id,
        evidence: [kept, redundant].map((declaration) => ({
          file: 'evaluated.json',
          pointer: `/packages/${position}/declarations/${entry.declarations.indexOf(declaration)}`,
          source: placeOf(declaration),
        })),
        confidence: confidenceOfTwice,
        saves: 0,
        change: changeCommand('dedupe', name),
      },
    ];
  });
}

/** A declaration that is enough, and one that it makes redundant. */
function redundantPair(entry: EvaluatedPackage, evidence: Evidence): [Declaration, Declaration] | undefined {
  const known = entry.declarations.filter(({ line, by }) => line !== undefined || by !== null);
  for (const kept of known) {
    for (const redundant of known) {
      if (redundant !== kept && makesRedundant(kept, redundant, entry, evidence)) return [kept, redundant];
    }
  }
  return undefined;
}

/**
 * Whether `kept` installs the package for everybody for whom `redundant` does, on every host. A list that several
 * modules use is one place. What an option adds stays: the option does more.
 */
function makesRedundant(
  kept: Declaration,
  redundant: Declaration,
  entry: EvaluatedPackage,
  evidence: Evidence,
): boolean {
  if (redundant.by !== null || kept.line === undefined || redundant.line === undefined) return false;
  if (kept.file === redundant.file && kept.line === redundant.line) return false;
  if (kept.by !== null && !isOptionOf(kept.by, entry, redundant)) return false;
  // Another attribute of the same package is another intention: `nodejs` and `nodejs_24`.
  if (kept.by === null && kept.attribute !== redundant.attribute) return false;
  // Root and other users need the package of the system.
  if (isForAll(redundant) && !isForAll(kept)) return false;
  // The same line may be part of a list for all users and of the home's.
  const isSamePlace = ({ file, line }: Declaration): boolean => file === redundant.file && line === redundant.line;
  if (!isForAll(kept) && entry.declarations.some((one) => isForAll(one) && isSamePlace(one))) return false;
  return kept.file === redundant.file || hasHostsOf(kept.file, redundant.file, evidence);
}

const isForAll = ({ list }: Declaration): boolean => list === 'environment.systemPackages';

/** `programs.git` for git; the desktop that brings a program as well is no declaration of it. */
function isOptionOf(option: string, { name }: EvaluatedPackage, { attribute }: Declaration): boolean {
  const last = option.slice(option.lastIndexOf('.') + 1);
  return option.startsWith('programs.') && (last === name || last === attribute);
}

/** Whether every configuration that imports `file` imports `keeper`, too. */
function hasHostsOf(keeper: string, file: string, evidence: Evidence): boolean {
  if (evidence.sourceFiles === undefined) return false;
  const all = new Set(evidence.sourceFiles.files.flatMap(({ hosts }) => hosts));
  if (all.size === 1) return true;
  const hosts = hostsOf(evidence, file);
  const others = new Set(hostsOf(evidence, keeper));
  return hosts.length > 0 && hosts.every((host) => others.has(host));
}

function placeOf({ file, line }: Declaration): { file: string; line?: number } {
  return { file, ...(line === undefined ? {} : { line }) };
}
