import type { Contribution } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { byText } from '../order.ts';
import { purposeOf, purposes, saysGraphical } from './purpose.ts';
import type { ToolProfile, ToolProfiles } from './schema.ts';

const noteOrder = ['reason', 'use', 'preference', 'dependency', 'failure'] as const;

/** Joins what all evidence says of each package: one profile per package, by id. */
export function toolProfiles(
  { evaluated, commands }: Evidence,
  contributions: readonly { file: string; contribution: Contribution }[],
): ToolProfiles {
  const profiles = evaluated.packages.map((one): ToolProfile => {
    const found = commands ? (commands.packages[one.id] ?? null) : null;
    const graphical = (commands?.graphical?.includes(one.id) ?? false) || (!one.base && saysGraphical(one));
    // The base system is not shown by purpose, and is most of the packages.
    const judged = one.base ? null : purposeOf(one);
    return {
      id: one.id,
      name: one.name,
      version: one.version,
      description: one.description,
      homepage: one.homepage,
      commands: found && mainFirst(found, one.mainProgram),
      purpose: judged?.purpose.id ?? null,
      kind: kindOf(found, graphical, judged?.sure ? judged.purpose.kind : 'tool', one.mainProgram),
      base: one.base,
      declarations: one.declarations,
      notes: notesOf(one.id, contributions),
    };
  });
  return {
    schemaVersion: 1,
    purposes: Object.fromEntries(purposes.map(({ id, title }) => [id, title])),
    profiles,
  };
}

/** What a package is, by its files first: whatever has no command cannot be run, whatever it says of itself. */
function kindOf(
  found: readonly string[] | null,
  graphical: boolean,
  said: ToolProfile['kind'],
  mainProgram: string | null,
): ToolProfile['kind'] {
  if (graphical) return 'graphical';
  const runs = found === null ? mainProgram !== null : found.length > 0;
  if (!runs) return said === 'font' || said === 'library' ? said : 'other';
  return said;
}

function mainFirst(found: readonly string[], mainProgram: string | null): string[] {
  const rest = [...new Set(found)].sort(byText).filter((name) => name !== mainProgram);
  return mainProgram !== null && found.includes(mainProgram) ? [mainProgram, ...rest] : rest;
}

function notesOf(
  id: string,
  contributions: readonly { file: string; contribution: Contribution }[],
): ToolProfile['notes'] {
  return contributions
    .flatMap(({ file, contribution }) =>
      (contribution.tools?.get(id) ?? []).map(({ kind, text }) => ({ kind, text, from: `${file}.json` })),
    )
    .sort((a, b) => noteOrder.indexOf(a.kind) - noteOrder.indexOf(b.kind));
}
