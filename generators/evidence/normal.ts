import { byText } from '../order.ts';
import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Place } from './common.ts';
import type { Evaluated } from './evaluated.ts';

/** The same facts with every list whose order has no meaning sorted by code units and without repeats. */
export function normalEvaluated(evaluated: Evaluated): Evaluated {
  return {
    ...evaluated,
    host: { ...evaluated.host, desktop: sorted(evaluated.host.desktop) },
    user: { ...evaluated.user, groups: sorted(evaluated.user.groups) },
    flake: { ...evaluated.flake, inputs: sortedBy(evaluated.flake.inputs, ({ name }) => name) },
    packages: sortedBy(
      evaluated.packages.map((one) => ({
        ...one,
        licenses: sorted(one.licenses),
        scopes: sorted(one.scopes),
        declarations: sortedBy(
          one.declarations,
          ({ file, line, list, by }) => `${file}\n${list}\n${by ?? ''}\n${padded(line)}`,
        ),
      })),
      ({ id }) => id,
    ),
    options: sortedBy(
      evaluated.options.map((one) => ({ ...one, places: sortedPlaces(one.places) })),
      ({ option, scope }) => `${option}\n${scope}`,
    ),
    ...(evaluated.settings === undefined
      ? {}
      : {
          settings: sortedBy(
            evaluated.settings.map((one) => ({ ...one, places: sortedPlaces(one.places) })),
            ({ option, scope }) => `${option}\n${scope}`,
          ),
        }),
    aliases: sortedBy(
      evaluated.aliases.map((one) => ({ ...one, files: sorted(one.files) })),
      ({ name, shell, kind }) => `${name}\n${shell}\n${kind}`,
    ),
    agents: sortedBy(
      evaluated.agents.map((one) => ({ ...one, files: sorted(one.files) })),
      ({ name, scope }) => `${name}\n${scope}`,
    ),
    mcpServers: sortedBy(evaluated.mcpServers, ({ name, option }) => `${name}\n${option}`),
    skipped: sortedBy(evaluated.skipped, ({ what, why }) => `${what}\n${why}`),
  };
}

/** The same graph with every list sorted by code units. */
export function normalClosure(closure: Closure): Closure {
  return {
    ...closure,
    roots: sortedTable(closure.roots),
    services: sortedTable(closure.services),
    paths: sortedBy(
      closure.paths.map((one) => ({
        ...one,
        references: sorted(one.references),
        ...(one.commands ? { commands: sorted(one.commands) } : {}),
      })),
      ({ path }) => path,
    ),
  };
}

/** The same commands, sorted by code units. */
export function normalCommands(commands: Commands): Commands {
  return {
    ...commands,
    packages: sortedTable(commands.packages),
    ...(commands.graphical ? { graphical: sorted(commands.graphical) } : {}),
  };
}

function sortedTable(lists: Readonly<Record<string, string[]>>): Record<string, string[]> {
  // Without a prototype: a package may be called `__proto__`.
  const table: Record<string, string[]> = Object.create(null);
  for (const [key, list] of Object.entries(lists).sort(([a], [b]) => byText(a, b))) table[key] = sorted(list);
  return table;
}

function sortedPlaces(list: readonly Place[]): Place[] {
  return sortedBy(list, ({ file, line }) => `${file}\n${padded(line)}`);
}

/** Sorts as text as it does as a number. */
function padded(line = 0): string {
  return String(line).padStart(9);
}

function sorted<T extends string>(list: T[]): T[] {
  return [...new Set(list)].sort(byText);
}

/** Sorted by key, items of one key by their JSON; equal items once. */
function sortedBy<T>(list: readonly T[], key: (item: T) => string): T[] {
  const keyed = list.map((item) => ({ key: key(item), item })).sort((a, b) => byText(a.key, b.key));
  if (keyed.every((one, index) => one.key !== keyed[index - 1]?.key)) return keyed.map(({ item }) => item);
  const whole = new Map(keyed.map(({ key, item }) => [`${key}\n${JSON.stringify(item)}`, item]));
  return [...whole].sort(([a], [b]) => byText(a, b)).map(([, item]) => item);
}
