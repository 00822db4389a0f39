import { isOfEverySystem } from '../../data/base-commands.ts';
import { packageOfCommand, publicTools } from '../../data/public-tools.ts';
import { belongsToProjects } from '../../data/toolchains.ts';
import { deadAliases } from '../../evidence/dead-aliases.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { packageEvolution } from '../package-evolution/schema.ts';
import { changeCommand, scopeToAddTo } from './change-command.ts';
import type { Finding, Known } from './finding.ts';

/** The user removed the package, and nothing else has the command. */
const confidenceOfRemoved = 0.95;
/** Nothing that is known has the command. */
const confidenceOfMissing = 0.8;

/**
 * Aliases that run a command which nothing on this machine has. Other commands, of which that is not known for sure (a
 * function, a private script, a toolchain from the shell of a project), are left out.
 */
export function deadAliasesToResolve({ evidence, earlier }: Known): Finding[] {
  if (evidence.evaluated.platform !== 'nixos') return [];
  const removed = earlier.get(packageEvolution)?.removed ?? [];
  const elsewhere = commandsFromElsewhere(evidence);
  return deadAliases(evidence).flatMap(({ alias, index, command }): Finding[] => {
    const known = packageOfCommand(command);
    const gone = removed.findIndex(({ name, kind }) => kind === 'package' && (name === command || name === known));
    if (
      elsewhere.has(command) ||
      isOfEverySystem(command) ||
      belongsToProjects(command) ||
      (gone < 0 && !publicTools.has(command))
    )
      return [];
    const [file] = alias.files;
    if (file === undefined) return [];
    return [
      {
        reason: { rule: 'dead alias', alias: alias.name, command, file, removedOn: removed[gone]?.to ?? null },
        subject: `${alias.name}-${command}`,
        evidence: [
          { file: 'evaluated.json', pointer: `/aliases/${index}`, source: { file } },
          ...(gone < 0 ? [] : [{ file: 'package_evolution.json', pointer: `/removed/${gone}` }]),
        ],
        confidence: gone < 0 ? confidenceOfMissing : confidenceOfRemoved,
        saves: null,
        // Who removed the package does not want it back: the alias is to go, by hand.
        change: gone < 0 && known !== null ? changeCommand('add', known, scopeToAddTo(evidence.evaluated)) : null,
      },
    ];
  });
}

/** Commands that the machine had on the day of a snapshot, that a history shows in use, or that an option may add. */
function commandsFromElsewhere({ evaluated, machine, shellHistory }: Evidence): ReadonlySet<string> {
  return new Set([
    ...evaluated.options.map(({ option }) => option.slice(option.lastIndexOf('.') + 1)),
    ...evaluated.skipped.map(({ what }) => what.slice(what.lastIndexOf('.') + 1)),
    ...(machine?.programs ?? []).map(({ name }) => name),
    ...(machine?.running ?? []).map(({ command }) => command),
    ...(shellHistory?.commands ?? []).flatMap(({ name, foundIn }) => (foundIn === null ? [] : [name])),
  ]);
}
