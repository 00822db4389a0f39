import { type ExitStatus, UserError } from '../errors.ts';
import { costOfDeclared, declaredCostText } from '../lookup/dependencies/cost-of-declared.ts';
import { costTable } from '../lookup/dependencies/cost-table.ts';
import { findTargets } from '../lookup/dependencies/find-targets.ts';
import { type LoadedGraph, readGraph } from '../lookup/dependencies/load-graph.ts';
import { outputReader } from '../lookup/read-output.ts';
import { removableUnits } from '../questions/dependency-graph/removable-units.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';

const maxRows = 20;

/** How an answer is printed. */
interface Format {
  json: boolean;
  /** Rows of text. */
  limit: number;
}

export const command = defineCommand({
  name: 'cost',
  usage: '[--by closure] [--all] [--json] [--dir DIR] [NAME | FLAKE#PACKAGE [--substituters]]',
  description: `
Without NAME: what every declared package and every enabled option costs; those whose removal frees most come
first. With NAME, one of them: what it needs, and which store paths its removal would free.

With FLAKE#PACKAGE (nixpkgs#blender): what adding it would pull beyond what is present. Nix is asked about the
local store, and about the binary caches only with --substituters. Nothing is built.

Everything else is read from the output of the last rebuild. Exit status 1: NAME is not declared, or no store that
was asked has the package.`,
  options: {
    by: {
      type: 'string',
      value: 'FIGURE',
      help: 'order by `exclusive` (what a removal frees, the default) or `closure`',
    },
    all: { type: 'boolean', help: `every row, not only the first ${maxRows}` },
    json: { type: 'boolean', help: 'as JSON, sizes in bytes' },
    substituters: { type: 'boolean', help: 'also ask the configured binary caches about FLAKE#PACKAGE' },
    dir: { type: 'string', value: 'DIR', help: 'a built output folder (default: ~/.claude/intelligence)' },
  },
  completes: 'package',
  async run({ values, positionals }) {
    const [name, ...more] = positionals;
    if (more.length > 0) {
      throw new UserError('usage', `expected one NAME at most, got ${positionals.length}`, {
        hint: 'nixos-intelligence cost --help',
      });
    }
    // Nix would read it as an option.
    if (name !== undefined && !/^[^-]/.test(name)) {
      throw new UserError('usage', `expected a NAME or FLAKE#PACKAGE, got \`${visible(name)}\``);
    }
    const by = values.by ?? 'exclusive';
    if (by !== 'exclusive' && by !== 'closure') {
      throw new UserError('usage', `--by: expected \`exclusive\` or \`closure\`, got \`${visible(by)}\``);
    }
    const dir = values.dir;
    const format: Format = {
      json: values.json === true,
      limit: values.all ? Number.POSITIVE_INFINITY : maxRows,
    };
    const output = outputReader(dir);
    if (name === undefined) {
      const { system, packages, options } = output.read('dependency_graph');
      const units = removableUnits(packages, options, by === 'closure' ? 'closureSize' : 'exclusiveSize');
      const { size, paths, exclusive, shared } = system;
      print(format, { size, paths, exclusive, shared, units }, () => costTable(system, units, format.limit));
      return 0;
    }
    const graph = readGraph(output);
    return /[#/]/.test(name)
      ? installable(graph, name, { ...format, dir, remote: values.substituters === true })
      : declared(graph, name, format);
  },
});

function declared(graph: LoadedGraph, name: string, format: Format): ExitStatus {
  const cost = costOfDeclared(graph, name);
  const found = cost.packages.length + cost.options.length > 0;
  const { nodes, near } = found ? { nodes: [], near: [] } : findTargets(graph, name);
  const isDependency = nodes.length > 0;
  print(format, { name, found, ...cost, isDependency, near }, () => {
    if (found) return declaredCostText(cost, format.limit);
    const shown = visible(name);
    if (isDependency) return `${shown} is only a dependency, not declared: nixos-intelligence why ${shown}\n`;
    const similar = near.length > 0 ? `; similar names: ${near.join(', ')}` : '';
    return (
      `${shown} is neither declared nor in the closure${similar}. ` +
      `What adding it would pull: nixos-intelligence cost nixpkgs#${shown}\n`
    );
  });
  return found ? 0 : 1;
}

async function installable(
  { store }: LoadedGraph,
  name: string,
  { dir, remote, ...format }: Format & { dir: string | undefined; remote: boolean },
): Promise<ExitStatus> {
  // Only here Nix is run: the other answers must not wait for the code that does.
  const { costOfInstallable, installableCostText } = await import('../lookup/dependencies/cost-of-installable.ts');
  const cost = await costOfInstallable(name, { store, dir, remote });
  print(format, cost, () => installableCostText(cost, { limit: format.limit, remote }));
  return cost.found ? 0 : 1;
}

function print({ json }: Format, answer: object, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : text());
}
