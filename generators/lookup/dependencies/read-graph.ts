import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { readJson } from '../../evidence/read-json.ts';
import { digraph } from '../../graph/digraph.ts';
import { decodeRows, decodeVlq } from '../../graph/vlq.ts';
import { type Holders, type Keeping, keeping } from '../../questions/dependency-graph/keeping.ts';
import { type DependencyGraph, dependencyGraph } from '../../questions/dependency-graph/schema.ts';
import type { StoreGraph } from '../../questions/dependency-graph/store-graph.ts';

/** The built file, and the graph that it holds. */
export interface LoadedGraph {
  /** The folder it was read from; other files of the same build lie beside it. */
  folder: string;
  file: DependencyGraph;
  store: StoreGraph;
  holders: Holders;
  /** Dominators and closures are computed when they are first asked for. */
  kept: () => Keeping;
}

/**
 * Reads `dependency_graph.json` from `dir`, or from the `intelligence` folder in it; without `dir` from
 * where it is linked for the client.
 *
 * @throws UserError `input` where there is none, or it is not what it should be
 */
export function readGraph(dir: string | undefined): LoadedGraph {
  const folder = dir ?? join(process.env.CLAUDE_CONFIG_DIR ?? join(homedir(), '.claude'), 'intelligence');
  for (const place of [folder, join(folder, 'intelligence')]) {
    const path = join(place, 'dependency_graph.json');
    const read = readJson(path, path, dependencyGraph);
    if (read !== undefined) return loadGraph(read, place);
  }
  throw new UserError('input', `expected \`dependency_graph.json\` in \`${folder}\`, got none`, {
    hint: 'rebuild with programs.nixos-intelligence enabled, or name the folder of a built output with --dir',
  });
}

/** @throws UserError `input` where the graph's text is damaged */
export function loadGraph(file: DependencyGraph, folder = '.'): LoadedGraph {
  const label = join(folder, 'dependency_graph.json');
  const { store, base } = decode(file, label);
  const holders: Holders = { packages: file.packages, options: file.options, base };
  const known = (nodes: readonly number[]): boolean => nodes.every((node) => node < store.labels.length);
  if (![...holders.packages, ...holders.options, { roots: base }].every(({ roots }) => known(roots))) damaged(label);
  let kept: Keeping | undefined;
  return {
    folder,
    file,
    store,
    holders,
    kept: () => {
      kept ??= keeping(store, holders);
      return kept;
    },
  };
}

function decode({ graph }: DependencyGraph, label: string): { store: StoreGraph; base: number[] } {
  try {
    const labels = graph.names === '' ? [] : graph.names.split(' ');
    const sizes = Float64Array.from(decodeVlq(graph.sizes));
    const rows = decodeRows(graph.references);
    const sound =
      rows.length === labels.length &&
      sizes.length === labels.length &&
      rows.every((row) => row.every((target) => target < labels.length));
    if (!sound) damaged(label);
    const [base = []] = decodeRows(graph.base);
    return { store: { labels, sizes, graph: digraph(rows) }, base };
  } catch (error) {
    if (error instanceof RangeError) damaged(label, error);
    throw error;
  }
}

function damaged(label: string, cause?: unknown): never {
  throw new UserError('input', `${label}: expected names, sizes and references of one length at graph, got others`, {
    hint: 'rebuild, which writes the file again',
    cause,
  });
}
