import { dependencyGraph, type RequiredBy } from '../dependency-graph/schema.ts';
import { packageEvolution } from '../package-evolution/schema.ts';
import { usageAlignment } from '../usage-alignment/schema.ts';
import { changeCommand, scopeOption, writtenName } from './change-command.ts';
import type { Finding, Known } from './finding.ts';

/** The user's own comment says what the package is for, and the history that this was removed. */
const confidenceOfComment = 0.9;

/** As in `required by ranger`, `for ranger`, `ranger needs it`. */
const need = /\b(?:for|by|of|needs?|requires?|uses?|used|dependency|backend|preview\w*)\b/i;

/**
 * Packages that are there for another one, by the user's own comment, which the configuration has no more. Not if they
 * were typed, something else refers to them, or another line of the files names them.
 */
export function neededByNothing({ evidence, earlier }: Known): Finding[] {
  const evolution = earlier.get(packageEvolution);
  const graph = earlier.get(dependencyGraph);
  if (evolution === undefined || graph === undefined) return [];
  const { packages, options } = evidence.evaluated;
  const present = new Set([
    ...packages.flatMap(({ name, declarations }) => [
      name,
      ...declarations.flatMap(({ attribute }) => attribute ?? []),
    ]),
    ...options.map(({ option }) => option.slice(option.lastIndexOf('.') + 1)),
  ]);
  const removed = evolution.removed
    .map((one, index) => ({ ...one, index, short: one.name.slice(one.name.lastIndexOf('.') + 1) }))
    .filter(({ kind, short }) => kind !== 'library' && short.length > 2 && !present.has(short));
  const used = new Set(
    (earlier.get(usageAlignment)?.tools ?? []).flatMap(({ package: id, uses }) => (uses > 0 ? [id] : [])),
  );
  return evolution.packages.flatMap(({ id, purpose, since }, position): Finding[] => {
    if (purpose === null || !need.test(purpose.text) || used.has(id)) return [];
    const cost = graph.packages.find((one) => one.id === id);
    if (cost === undefined || isRequired(cost.requiredBy)) return [];
    const index = packages.findIndex((one) => one.id === id);
    const entry = packages[index];
    if (entry === undefined || (entry.namedElsewhere ?? ['not read']).length > 0) return [];
    if (entry.declarations.length === 0 || entry.declarations.some(({ by }) => by !== null)) return [];
    const words = new Set(purpose.text.toLowerCase().match(/[\w+-]+/g));
    const parent = removed.find(({ short, to }) => words.has(short.toLowerCase()) && to >= since.date);
    // A second program named in the comment may need it, too.
    if (parent === undefined || [...present].some((name) => name !== entry.name && words.has(name.toLowerCase())))
      return [];
    if (isOneOfSeveral(parent.short, purpose.text)) return [];
    const place = { file: purpose.file, line: purpose.line };
    return [
      {
        reason: { rule: 'needed by nothing', package: id, of: parent.name, removedOn: parent.to, place },
        subject: id,
        evidence: [
          { file: 'package_evolution.json', pointer: `/packages/${position}`, source: place },
          { file: 'package_evolution.json', pointer: `/removed/${parent.index}` },
        ],
        confidence: confidenceOfComment,
        saves: cost.exclusiveSize,
        change: changeCommand(
          'remove',
          writtenName(entry.name, entry.declarations),
          ...scopeOption(entry.declarations),
        ),
      },
    ];
  });
}

const isRequired = ({ packageCount, options, base }: RequiredBy): boolean =>
  packageCount > 0 || options.length > 0 || base;

/** `numpy/aider`, `ranger, lf`, `vim and emacs`: what else needs the package may be no package of the configuration. */
function isOneOfSeveral(name: string, text: string): boolean {
  const own = name.replace(/[^\w-]/g, '.');
  return new RegExp(`(?:[/,&+]|\\b(?:and|or))\\s*${own}\\b|\\b${own}\\s*(?:[/,&+]|(?:and|or)\\b)`, 'i').test(text);
}
