import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { parseStoreName } from '../../store-name.ts';
import type { RemovedButKept } from './schema.ts';
import type { StoreGraph } from './store-graph.ts';
import { at, label, type World } from './world.ts';

/** A name that git history saw leave the configuration for good. */
export interface RemovedName {
  /** As written: `nodejs_20`, `kdePackages.qt6ct`. */
  name: string;
  /** Day of the commit. */
  on: string;
  commit: string;
}

/** What was removed and is still there, with the references that keep it; what is on PATH by the distribution is not lost. */
export function keptRemovals(
  { store, waysTo, packages, options, base, ids }: World,
  removed: readonly RemovedName[],
  declared: readonly { entry: EvaluatedPackage }[],
): RemovedButKept[] {
  const names = new Set(declared.flatMap(({ entry }) => [entry.id, entry.name]));
  const onPath = new Set(base);
  const kept = removedButKept(store, removed, names).filter(({ node }) => !onPath.has(node));
  return kept.map(({ removed: { name, on, commit }, node }) => {
    const [byPackage] = waysTo(node, packages);
    const [byOption] = byPackage ? [] : waysTo(node, options);
    const way = byPackage ?? byOption ?? waysTo(node, [{ roots: base }])[0];
    return {
      name,
      removedOn: on,
      commit,
      storeName: label(store, node),
      size: at(store.sizes, node),
      package: byPackage ? at(ids, byPackage.holder) : null,
      option: byOption ? at(options, byOption.holder).option : null,
      way: way?.nodes.map((link) => label(store, link)) ?? [],
    };
  });
}

/**
 * Removed packages that the closure still holds: their main output is there under that name. Libraries
 * of theirs (`gcc-14.3.0-lib`) do not count. In the order given.
 *
 * @param declared names of what is declared now: what is declared again is not removed
 */
function removedButKept(
  { labels }: StoreGraph,
  removed: readonly RemovedName[],
  declared: ReadonlySet<string>,
): { removed: RemovedName; node: number }[] {
  const byName = new Map<string, { node: number; version: string }[]>();
  labels.forEach((label, node) => {
    const { name, version, output } = parseStoreName(label);
    if (output !== null && output !== 'bin') return;
    for (const key of new Set([name, bareName(name)])) {
      byName.set(key, [...(byName.get(key) ?? []), { node, version: version ?? '' }]);
    }
  });
  return removed.flatMap((entry) => {
    const attribute = entry.name.slice(entry.name.lastIndexOf('.') + 1);
    if (declared.has(attribute) || declared.has(entry.name)) return [];
    const node = find(byName, attribute);
    return node === undefined ? [] : [{ removed: entry, node }];
  });
}

/** The attribute `python311` is `python3-3.11.9` in the store, `nodejs_20` is `nodejs-20.18.1`. */
function find(byName: ReadonlyMap<string, { node: number; version: string }[]>, attribute: string): number | undefined {
  const [exact] = (byName.get(attribute) ?? []).filter(({ node }) => node >= 0);
  if (exact !== undefined) return exact.node;
  const [, bare, digits] = /^(.*?)[-_]?(\d+(?:_\d+)*)$/.exec(attribute) ?? [];
  if (bare === undefined || digits === undefined) return undefined;
  const wanted = digits.replaceAll('_', '');
  return byName.get(bare)?.find(({ version }) => version.replace(/\D/g, '').startsWith(wanted))?.node;
}

function bareName(name: string): string {
  return name.replace(/[-_]?\d+$/, '');
}
