import type { Evaluated } from '../schema/evaluated.ts';
import { byText } from './canonical.ts';

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

function texts<T extends string>(list: readonly T[]): T[] {
  return [...new Set(list)].sort(byText);
}

/** In the order of their keys; equal keys in the order of everything they hold. */
function things<T>(list: readonly T[], key: (thing: T) => string): T[] {
  const keyed = new Map(list.map((thing) => [`${key(thing)}\n${JSON.stringify(thing)}`, thing]));
  return [...keyed.keys()].sort(byText).map((text) => keyed.get(text) as T);
}
