import { configurationGraph } from './retainers.ts';
import type { ClosureGraph } from './schema.ts';

/** The reference graph with everything that retains its paths, for look-ups. */
export function analyzeClosureGraph(evidence: Parameters<typeof configurationGraph>[0]): ClosureGraph {
  const { store, packages, options, base } = configurationGraph(evidence);
  return {
    schemaVersion: 1,
    names: [...store.names],
    sizes: [...store.sizes],
    references: store.references.map((nodes) => [...nodes]),
    packages: packages.map(({ id, outputs }) => ({ id, outputs: [...outputs] })),
    options: options.map(({ option, storePaths }) => ({ option, storePaths: [...storePaths] })),
    base: [...base],
  };
}
