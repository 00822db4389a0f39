import { expectedCommands } from '../../data/expected-commands.ts';
import { byText } from '../../order.ts';
import { parseStoreName } from '../../store-name.ts';
import type { Keepers, Keeping } from './keeping.ts';
import type { Offers } from './offers.ts';
import type { StoreGraph } from './store-graph.ts';

/** A store path that offers well-known commands which nothing puts on PATH. */
export interface HiddenCommands {
  node: number;
  name: string;
  commands: string[];
  keepers: Keepers;
}

/**
 * Dependencies that offer a command an agent may expect: seen in the store, but no package of the
 * user, of an option or of the distribution puts that command on PATH. Sorted by name.
 *
 * @param onPath every command that is on PATH
 * @param roots nodes of packages that are on PATH themselves
 */
export function hiddenCommands(
  store: StoreGraph,
  keeping: Keeping,
  offers: Offers,
  onPath: ReadonlySet<string>,
  roots: ReadonlySet<number>,
): HiddenCommands[] {
  return store.labels
    .flatMap((label, node) => {
      if (roots.has(node)) return [];
      const commands = offers
        .ofPath(node)
        .filter((command) => expected.has(command) && !onPath.has(command))
        .sort((a, b) => rankOf(a) - rankOf(b));
      if (commands.length === 0) return [];
      return [{ node, name: toolName(label), commands, keepers: keeping.keepersOf(node) }];
    })
    .sort((a, b) => byText(a.name, b.name) || a.node - b.node);
}

const expected = new Map(expectedCommands.flatMap(({ commands }) => commands).map((command, rank) => [command, rank]));

/** How much an agent expects a command, the most expected first. */
export function rankOf(command: string): number {
  return expected.get(command) ?? expected.size;
}

/** What a tool is called: its name without the suffix that nixpkgs gives to wrappers and to what they wrap. */
export function toolName(label: string): string {
  return parseStoreName(label).name.replace(/-(un)?wrapp(er|ed)$/, '');
}
