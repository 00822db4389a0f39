import type { Contribution, ToolNote } from '../content.ts';
import type { EvaluatedPackage } from '../evidence/evaluated.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { provenanceOf } from '../evidence/provenance.ts';
import { byText } from '../order.ts';
import { isDescribedAsGraphical, purposeOf } from './purpose.ts';
import { purposes } from './purposes.ts';
import type { ToolProfile, ToolProfiles } from './schema.ts';

/** The file of `intelligence/` that a contribution comes from, without `.json`, and the contribution. */
type Contributions = readonly { file: string; contribution: Contribution }[];

const noteOrder: readonly ToolNote['kind'][] = [
  'reason',
  'use',
  'preference',
  'workflow',
  'dependency',
  'recommendation',
];

/** Joins the evidence on each package: one profile for each, by id. */
export function toolProfiles({ evaluated, commands }: Evidence, contributions: Contributions): ToolProfiles {
  const graphical = new Set(commands?.graphical);
  return {
    schemaVersion: 1,
    purposes: Object.fromEntries(purposes.map(({ id, title }) => [id, title])),
    profiles: evaluated.packages.map((entry): ToolProfile => {
      const { id, name, version, description, homepage, mainProgram, base, declarations } = entry;
      const found = commands?.packages[id] ?? null;
      // Base packages are not shown by purpose, and are most of the packages.
      const judged = base ? null : purposeOf(entry);
      return {
        id,
        name,
        version,
        description,
        homepage,
        commands: found && mainFirst(found, mainProgram),
        purpose: judged?.purpose.id ?? null,
        kind:
          graphical.has(id) || (!base && isDescribedAsGraphical(entry))
            ? 'graphical'
            : kindOf(entry, found, judged?.sure ? judged.purpose.kind : 'tool'),
        base,
        declarations,
        ...provenanceOf(entry),
        notes: notesOf(id, contributions),
      };
    }),
  };
}

/** The kind by the purpose, except that a package without a command is no tool, whatever its description. */
function kindOf(
  { mainProgram }: EvaluatedPackage,
  commands: readonly string[] | null,
  kindOfPurpose: ToolProfile['kind'],
): ToolProfile['kind'] {
  const hasCommand = commands === null ? mainProgram !== null : commands.length > 0;
  return hasCommand || kindOfPurpose === 'font' || kindOfPurpose === 'library' ? kindOfPurpose : 'other';
}

function mainFirst(commands: readonly string[], mainProgram: string | null): string[] {
  const others = [...new Set(commands)].sort(byText).filter((name) => name !== mainProgram);
  return mainProgram !== null && commands.includes(mainProgram) ? [mainProgram, ...others] : others;
}

function notesOf(id: string, contributions: Contributions): ToolProfile['notes'] {
  return contributions
    .flatMap(({ file, contribution }) =>
      (contribution.tools?.get(id) ?? []).map(({ kind, text, pointer }) => ({
        kind,
        text,
        from: `${file}.json`,
        pointer,
      })),
    )
    .sort((a, b) => noteOrder.indexOf(a.kind) - noteOrder.indexOf(b.kind));
}
