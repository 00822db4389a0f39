import { byText } from '../order.ts';
import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Evaluated } from './evaluated.ts';

/** The same facts with every list whose order says nothing in code-point order, repeats removed. */
export function normalEvaluated(evaluated: Evaluated): Evaluated {
  return {
    ...evaluated,
    host: { ...evaluated.host, desktop: texts(evaluated.host.desktop) },
    user: { ...evaluated.user, groups: texts(evaluated.user.groups) },
    flake: { ...evaluated.flake, inputs: things(evaluated.flake.inputs, ({ name }) => name) },
    packages: things(
      evaluated.packages.map((one) => ({
        ...one,
        licenses: texts(one.licenses),
        scopes: texts(one.scopes),
        declarations: things(one.declarations, ({ file, list, by }) => `${file}\n${list}\n${by ?? ''}`),
      })),
      ({ id }) => id,
    ),
    options: things(
      evaluated.options.map((one) => ({ ...one, files: texts(one.files) })),
      ({ option, scope }) => `${option}\n${scope}`,
    ),
    aliases: things(
      evaluated.aliases.map((one) => ({ ...one, files: texts(one.files) })),
      ({ name, shell, kind }) => `${name}\n${shell}\n${kind}`,
    ),
    agents: things(
      evaluated.agents.map((one) => ({ ...one, files: texts(one.files) })),
      ({ name, scope }) => `${name}\n${scope}`,
    ),
    mcpServers: things(evaluated.mcpServers, ({ name, option }) => `${name}\n${option}`),
    skipped: things(evaluated.skipped, ({ what, why }) => `${what}\n${why}`),
  };
}

/** The same graph with every list in code-point order. */
export function normalClosure(closure: Closure): Closure {
  return {
    ...closure,
    roots: lists(closure.roots),
    services: lists(closure.services),
    paths: things(
      closure.paths.map((one) => ({
        ...one,
        references: texts(one.references),
        ...(one.commands ? { commands: texts(one.commands) } : {}),
      })),
      ({ path }) => path,
    ),
  };
}

/** The same commands, in code-point order. */
export function normalCommands(commands: Commands): Commands {
  return {
    ...commands,
    packages: lists(commands.packages),
    ...(commands.graphical ? { graphical: texts(commands.graphical) } : {}),
  };
}

function lists(table: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const keys = texts(Object.keys(table));
  // Without a prototype: a package may be called `constructor`.
  const sorted: Record<string, string[]> = Object.create(null);
  for (const key of keys) sorted[key] = texts(table[key] as string[]);
  return sorted;
}

function texts<T extends string>(list: T[]): T[] {
  // Evidence comes sorted from the build; to see that is cheaper than to sort.
  if (list.every((text, index) => index === 0 || (list[index - 1] as T) < text)) return list;
  return [...new Set(list)].sort(byText);
}

/** In the order of their keys; equal keys in the order of everything they hold, the same thing once. */
function things<T>(list: readonly T[], key: (thing: T) => string): T[] {
  const keyed = list.map((thing) => ({ key: key(thing), thing })).sort((a, b) => byText(a.key, b.key));
  if (keyed.every((one, index) => one.key !== keyed[index - 1]?.key)) return keyed.map(({ thing }) => thing);
  const whole = new Map(keyed.map(({ key, thing }) => [`${key}\n${JSON.stringify(thing)}`, thing]));
  return [...whole].sort(([a], [b]) => byText(a, b)).map(([, thing]) => thing);
}
