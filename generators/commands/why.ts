import { UserError } from '../errors.ts';
import { type Found, findTargets } from '../lookup/dependencies/find-targets.ts';
import { type LoadedGraph, readGraph } from '../lookup/dependencies/read-graph.ts';
import { readProfiles } from '../lookup/dependencies/read-profiles.ts';
import { whyOf } from '../lookup/dependencies/why.ts';
import { whyDot } from '../lookup/dependencies/why-dot.ts';
import { whyText } from '../lookup/dependencies/why-text.ts';
import { whyTree } from '../lookup/dependencies/why-tree.ts';
import { visible } from '../text.ts';
import type { ToolProfile } from '../tools/schema.ts';
import { defineCommand } from './command.ts';

const shownChains = 5;

export const command = defineCommand({
  name: 'why',
  usage: '[--tree | --dot | --json] [--all] [--dir DIR] NAME',
  description: `
Says why NAME is in the system: who declares it, what is known of it, and the shortest chain of references to it from every
declared package, option and from what the distribution adds. NAME is a package with or without version
(gcc, gcc-14.3.0, gcc-14.3.0-lib) or a command (rg).

Reads dependency_graph.json as the last rebuild wrote it; asks neither Nix nor the network. Exit status 1:
nothing of that name is there.`,
  options: {
    tree: { type: 'boolean', help: 'a tree from NAME up to what is declared' },
    dot: { type: 'boolean', help: 'a graph for Graphviz' },
    json: { type: 'boolean', help: 'the whole answer as JSON' },
    all: { type: 'boolean', help: `every chain, not only the ${shownChains} shortest` },
    dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
  },
  async run({ values, positionals }) {
    const [question, ...more] = positionals;
    if (question === undefined || question === '' || more.length > 0) {
      throw new UserError('usage', `expected one NAME, got ${positionals.length}`, {
        hint: 'nixos-intelligence why --help',
      });
    }
    const loaded = readGraph(values.dir);
    const profiles = readProfiles(loaded.folder);
    const { nodes, near } = find(loaded, profiles, question);
    if (nodes.length === 0) {
      const hint = near.length > 0 ? `; there are ${near.join(', ')}` : '';
      process.stdout.write(`nothing of the name ${visible(question)} is in the closure${hint}\n`);
      return 1;
    }
    const answers = whyOf(loaded, nodes, profiles);
    const limit = values.all ? Number.POSITIVE_INFINITY : shownChains;
    if (values.json) {
      const names = (way: readonly number[]): (string | undefined)[] => way.map((node) => loaded.store.labels[node]);
      const plain = answers.map(({ node: _, packages, options, base, ...answer }) => ({
        ...answer,
        packages: packages.map(({ name, way }) => ({ name, way: names(way) })),
        options: options.map(({ name, way }) => ({ name, way: names(way) })),
        base: base && names(base),
      }));
      process.stdout.write(`${JSON.stringify(plain, null, 2)}\n`);
    } else {
      process.stdout.write((values.dot ? whyDot : values.tree ? whyTree : whyText)(loaded, answers, limit));
    }
    return 0;
  },
});

/** A command of a declared package means the package. */
function find(loaded: LoadedGraph, profiles: readonly ToolProfile[], question: string): Found {
  const found = findTargets(loaded, question);
  if (found.nodes.length > 0) return found;
  const owners = profiles.filter(({ commands }) => commands?.includes(question));
  const nodes = owners.flatMap(({ id }) => findTargets(loaded, id).nodes);
  return nodes.length > 0 ? { nodes: [...new Set(nodes)], near: [] } : found;
}
