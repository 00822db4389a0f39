import type { Retainers } from '../../questions/closure-graph/retainers.ts';
import type { ClosureGraph } from '../../questions/closure-graph/schema.ts';
import type { StoreGraph } from '../../questions/closure-graph/store-graph.ts';
import type { DependencyGraph } from '../../questions/dependency-graph/schema.ts';
import type { OutputReader } from '../read-output.ts';

/** The graph of a build with its figures. */
export interface LoadedGraph {
  figures: DependencyGraph;
  store: StoreGraph;
  /** Packages and options in the order of `figures`. */
  retainers: Retainers;
}

/** @throws UserError `no-data`, as {@link OutputReader} */
export function readGraph(output: OutputReader): LoadedGraph {
  return loadGraph(output.read('dependency_graph'), output.read('closure_graph'));
}

/** Joins the two files of one build. */
export function loadGraph(figures: DependencyGraph, closure: ClosureGraph): LoadedGraph {
  const outputs = new Map(closure.packages.map((entry) => [entry.id, entry.outputs]));
  const retainers: Retainers = {
    packages: figures.packages.map(({ id, declaredDirectly, addedByOptions }) => ({
      id,
      declaredDirectly,
      addedByOptions,
      outputs: outputs.get(id) ?? [],
    })),
    options: closure.options,
    base: closure.base,
  };
  return { figures, store: closure, retainers };
}
