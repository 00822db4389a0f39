import type { Keepers, Keeping } from './keeping.ts';
import type { ReadStoreGraph } from './store-graph.ts';
import type { WayFinder } from './ways.ts';

/** Lists of package names are cut at this length; a count beside them says how many there are. */
export const shownPackages = 5;

/** The graph with all that was computed over it, which every part of the answer draws from. */
export interface World {
  store: ReadStoreGraph;
  kept: Keeping;
  waysTo: WayFinder;
  /** Package ids, by index. */
  ids: readonly string[];
  packages: readonly { roots: readonly number[]; named: boolean; by: readonly string[] }[];
  options: readonly { option: string; roots: readonly number[] }[];
  base: readonly number[];
}

/** Ids of packages by closure size: the smallest says most exactly why something is there. */
export function smallestFirst({ kept, ids }: World, indexes: readonly number[]): string[] {
  return [...indexes]
    .sort((a, b) => at(kept.packages, a).closureSize - at(kept.packages, b).closureSize || a - b)
    .map((index) => at(ids, index));
}

export function optionNames({ options }: World, keepers: Keepers): string[] {
  return keepers.options.map((index) => at(options, index).option);
}

export function label({ labels }: ReadStoreGraph, node: number): string {
  return at(labels, node);
}

export function at<Item>(list: ArrayLike<Item>, index: number): Item {
  return list[index] as Item;
}
