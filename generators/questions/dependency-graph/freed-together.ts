import { at, type World } from './world.ts';

/**
 * Bytes that go when all of these packages go: also what two of them share and nothing else needs, so
 * it may be more than their exclusive sizes add up to.
 *
 * @param group ids of declared packages that no option brings
 */
export function freedTogether({ store, kept, ids }: World, group: readonly string[]): number {
  const inside = new Set(group.map((id) => ids.indexOf(id)));
  let size = 0;
  for (let node = 0; node < store.labels.length; node++) {
    const { packages, options, base } = kept.keepersOf(node);
    if (!base && options.length === 0 && packages.every((index) => inside.has(index))) size += at(store.sizes, node);
  }
  return size;
}
