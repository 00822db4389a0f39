import { at } from '../../at.ts';
import { groupBy } from '../../group-by.ts';
import { parseStoreName } from '../../store-name.ts';
import { type AnalyzedGraph, shortestChain } from './analyzed-graph.ts';
import type { RemovedPackage } from './other-evidence.ts';
import type { RemovedButPresent } from './schema.ts';

/**
 * Removed packages that the closure still has, with the references that retain them, in the order given. The main output
 * must be present under that name: libraries (`gcc-14.3.0-lib`) do not count, nor does what is declared again or
 * what the base system puts on PATH.
 */
export function removedButPresent(graph: AnalyzedGraph, removed: readonly RemovedPackage[]): RemovedButPresent[] {
  const { store, evaluated, packages } = graph;
  const ids = new Set(packages.map(({ id }) => id));
  const declared = new Set(evaluated.flatMap(({ entry }) => (ids.has(entry.id) ? [entry.id, entry.name] : [])));
  const base = new Set(graph.base);
  const mainOutputs = store.names.flatMap((storeName, node) => {
    const { name, version, output } = parseStoreName(storeName);
    if (output !== null && output !== 'bin') return [];
    return [...new Set([name, withoutNumber(name)])].map((key) => ({ key, node, version: version ?? '' }));
  });
  const byName = groupBy(mainOutputs, ({ key }) => key);
  return removed.flatMap(({ name, removedOn, commit }) => {
    const attribute = name.slice(name.lastIndexOf('.') + 1);
    if (declared.has(attribute) || declared.has(name)) return [];
    const node = nodeOf(byName, attribute);
    if (node === undefined || base.has(node)) return [];
    const { retainer, referenceChain } = shortestChain(graph, node);
    return [
      {
        ...{ name, removedOn, commit },
        storeName: at(store.names, node),
        size: at(store.sizes, node),
        retainedBy: retainer,
        referenceChain,
      },
    ];
  });
}

/** The attribute `python311` is `python3-3.11.9` in the store, `nodejs_20` is `nodejs-20.18.1`. */
function nodeOf(
  byName: ReadonlyMap<string, readonly { node: number; version: string }[]>,
  attribute: string,
): number | undefined {
  const exact = byName.get(attribute)?.[0];
  if (exact !== undefined) return exact.node;
  const [, name, digits] = /^(.*?)[-_]?(\d+(?:_\d+)*)$/.exec(attribute) ?? [];
  if (name === undefined || digits === undefined) return undefined;
  const wanted = digits.replaceAll('_', '');
  return byName.get(name)?.find(({ version }) => version.replace(/\D/g, '').startsWith(wanted))?.node;
}

function withoutNumber(name: string): string {
  return name.replace(/[-_]?\d+$/, '');
}
