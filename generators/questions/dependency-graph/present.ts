import { bytes } from '../../bytes.ts';
import { type Contribution, type Inline, sharedTitles, type ToolNote } from '../../content.ts';
import { expectedRank } from '../../data/expected-commands.ts';
import type { Closure } from '../../evidence/closure.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { groupBy } from '../../group-by.ts';
import type { DependencyFigures } from './analyze.ts';
import type { CommandsNotOnPath, DependencyInsight, ToolChain } from './schema.ts';
import { standalonePackages } from './standalone.ts';

const maxTools = 8;
const maxCommands = 3;

/**
 * Only what changes an agent's next step: tools that are present and cannot be called, and the package through which
 * a compiler works although nothing puts it on PATH.
 */
export function presentDependencyGraph(
  { system, toolChains, packages }: DependencyFigures,
  { evaluated, closure }: Pick<Evidence, 'evaluated' | 'closure'>,
): Contribution {
  const nameOf = packageNames(evaluated);
  // What else puts commands on PATH is not known when only a home was evaluated.
  const rows = evaluated.platform === 'nixos' ? system.commandsNotOnPath : [];
  const rankOf = (tool: readonly CommandsNotOnPath[]): number =>
    Math.min(...tool.flatMap(({ commands }) => commands.map(expectedRank)));
  const tools = [...groupBy(rows, ({ tool }) => tool)].sort(([, a], [, b]) => rankOf(a) - rankOf(b));
  return {
    tools: new Map([...standaloneNotes(packages, closure), ...toolNotes(toolChains)]),
    sections: [
      {
        id: 'dependencies-only',
        title: sharedTitles.pitfalls,
        place: 45,
        weight: 40,
        items: tools.slice(0, maxTools).map(([tool, paths]) => ({
          content: notOnPathItem(tool, paths, nameOf),
          evidence: paths.map((path) => `/system/commandsNotOnPath/${rows.indexOf(path)}`),
        })),
      },
    ],
  };
}

/** The findings as sentences, each with its evidence. */
export function dependencyInsights(
  { toolChains, unused, removedButPresent }: DependencyFigures,
  { evaluated }: Pick<Evidence, 'evaluated'>,
): DependencyInsight[] {
  const nameOf = packageNames(evaluated);
  return [
    ...toolChains.flatMap(({ purpose, parts }) =>
      parts.flatMap(({ name, dependencyOf, referenceChain }): DependencyInsight[] =>
        dependencyOf === null
          ? []
          : [
              {
                kind: 'present-as-dependency',
                text: `You need ${name} for ${purpose}. It's already installed via ${nameOf(dependencyOf)}.`,
                packages: [dependencyOf],
                evidence: [chain(referenceChain), `no declared package puts ${name} on PATH`],
              },
            ],
      ),
    ),
    ...unusedInsights(unused),
    ...(removedButPresent ?? []).map(
      ({ name, removedOn, commit, storeName, retainedBy, referenceChain }): DependencyInsight => {
        const retainer = retainedBy.kind === 'package' ? nameOf(retainedBy.name ?? '') : retainedBy.name;
        return {
          kind: 'removed-but-present',
          text: `${name} was removed on ${removedOn}, but ${storeName} is still in the closure, retained by ${retainer ?? 'the base system'}.`,
          packages: retainedBy.kind === 'package' && retainedBy.name !== null ? [retainedBy.name] : [],
          evidence: [`commit ${commit}`, chain(referenceChain)],
        };
      },
    ),
  ];
}

function packageNames({ packages }: Evidence['evaluated']): (id: string) => string {
  const names = new Map(packages.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function notOnPathItem(tool: string, paths: readonly CommandsNotOnPath[], nameOf: (id: string) => string): Inline[] {
  const commands = [...new Set(paths.flatMap((path) => path.commands))];
  const shown = commands.slice(0, maxCommands);
  const isOnlyCommand = commands.length === 1 && commands[0] === tool;
  const listed = shown.flatMap((code, index): Inline[] => (index === 0 ? [{ code }] : [', ', { code }]));
  return [
    { strong: tool },
    ...(isOnlyCommand ? [] : [' (', ...listed, commands.length > shown.length ? ', …)' : ')']),
    `: not declared, present through ${requirer(paths, nameOf)}; do not rely on it in PATH`,
  ];
}

function requirer(paths: readonly CommandsNotOnPath[], nameOf: (id: string) => string): string {
  const [id] = paths.flatMap(({ requiredBy }) => requiredBy.packages);
  if (id !== undefined) {
    const several = paths.length > 1 || paths.some(({ requiredBy }) => requiredBy.packageCount > 1);
    return several ? `${nameOf(id)} and others` : nameOf(id);
  }
  const [option] = paths.flatMap(({ requiredBy }) => requiredBy.options);
  return option ?? 'the base system';
}

function standaloneNotes(
  packages: DependencyFigures['packages'],
  closure: Closure | undefined,
): [string, ToolNote[]][] {
  const standalone = closure === undefined ? new Set<string>() : standalonePackages(closure);
  return packages.flatMap(({ id }, index) =>
    standalone.has(id)
      ? [[id, [{ kind: 'dependency', text: 'None (standalone binary)', pointer: `/packages/${index}` }]]]
      : [],
  );
}

function toolNotes(toolChains: readonly ToolChain[]): Map<string, ToolNote[]> {
  const notes = toolChains.flatMap(({ purpose, parts }, index) =>
    parts.flatMap(({ name, dependencyOf }) => {
      const text = `Brings ${name} for ${purpose}, not in PATH`;
      const note: ToolNote = { kind: 'dependency', text, pointer: `/toolChains/${index}` };
      return dependencyOf === null ? [] : [{ id: dependencyOf, note }];
    }),
  );
  return new Map([...groupBy(notes, ({ id }) => id)].map(([id, all]) => [id, all.map(({ note }) => note)]));
}

function unusedInsights(unused: DependencyFigures['unused']): DependencyInsight[] {
  if (unused === null || unused.packages.length === 0 || unused.shells.length === 0) return [];
  const { packages, removable, freedSize, since, days } = unused;
  const subject = packages.length === 1 ? 'This package is' : `These ${packages.length} packages are`;
  const which = removable.length === packages.length ? 'they' : `the ${removable.length} that no option adds`;
  return [
    {
      kind: 'unused',
      text: `${subject} unused (no dependents, not in ${shellNames(unused.shells)} history).`,
      packages,
      evidence: [
        'no other declared package, no enabled option and nothing in the base system refers to them',
        `no use in ${days} days of history${since ? `, since ${since}` : ''}`,
        ...(removable.length > 0 ? [`removed together, ${which} free ${bytes(freedSize, 3)}`] : []),
      ],
    },
  ];
}

/** `Fish`, `Fish or Bash`. */
function shellNames(shells: readonly string[]): string {
  const names = shells.map((shell) => `${shell.slice(0, 1).toUpperCase()}${shell.slice(1)}`);
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function chain(storeNames: readonly string[]): string {
  return storeNames.join(' -> ');
}
