import { UserError } from '../errors.ts';
import { findTargets } from '../lookup/dependencies/find-targets.ts';
import { readGraph } from '../lookup/dependencies/load-graph.ts';
import { whyOf } from '../lookup/dependencies/why.ts';
import { whyDot } from '../lookup/dependencies/why-dot.ts';
import { whyJson } from '../lookup/dependencies/why-json.ts';
import { whyText } from '../lookup/dependencies/why-text.ts';
import { whyTree } from '../lookup/dependencies/why-tree.ts';
import { outputReader } from '../lookup/read-output.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

const maxChains = 5;

export const command = defineCommand({
  name: 'why',
  usage: '[--tree | --dot | --json] [--all] [--dir DIR] NAME',
  description: `
Explains why NAME is in the system: where it is declared, why it was added, and the shortest chain of references to
it from every declared package, every enabled option and the base system. NAME is a package with or without
version (gcc, gcc-14.3.0, gcc-14.3.0-lib), a command (rg) or a path in the store.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: nothing has that name.`,
  options: {
    tree: { type: 'boolean', help: 'a tree from NAME to what is declared' },
    dot: { type: 'boolean', help: 'a graph for Graphviz' },
    json: { type: 'boolean', help: 'the whole answer as JSON' },
    all: { type: 'boolean', help: `every chain, not only the ${maxChains} shortest` },
    dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
  },
  completes: 'package',
  async run({ values, positionals }) {
    const [given, ...more] = positionals;
    if (given === undefined || given === '' || more.length > 0) {
      const got = given === '' ? 'an empty name' : `${positionals.length}`;
      throw new UserError('usage', `expected one NAME, got ${got}`, { hint: 'nixos-intelligence why --help' });
    }
    // A path in the store is named after its folder: `/nix/store/HASH-ripgrep-14.1.1/bin/rg`.
    const name = /^\/nix\/store\/[0-9a-z]{32}-([^/]+)/.exec(given)?.[1] ?? given;
    const output = outputReader(values.dir);
    const graph = readGraph(output);
    const { profiles } = output.read('tool_profiles');
    const { nodes, near } = findTargets(graph, name, profiles);
    const found = nodes.length > 0;
    const answers = whyOf(graph, nodes, profiles);
    const limit = values.all ? Number.POSITIVE_INFINITY : maxChains;
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ name, found, storePaths: whyJson(graph, answers), near }, null, 2)}\n`);
    } else if (found) {
      process.stdout.write((values.dot ? whyDot : values.tree ? whyTree : whyText)(graph, answers, limit));
    } else {
      const similar = near.length > 0 ? `; similar names: ${near.join(', ')}` : '';
      process.stdout.write(`nothing in the closure is named ${visible(name)}${similar}\n`);
    }
    return found ? 0 : 1;
  },
});
