import { type ChainKind, type ChainRole, chainKinds } from '../../data/tool-chains.ts';
import { toolName } from './hidden-commands.ts';
import type { Offers } from './offers.ts';
import type { ToolChain, ToolChainPart } from './schema.ts';
import type { StoreGraph } from './store-graph.ts';
import type { WayFinder } from './ways.ts';

/** A package that is on PATH. */
export interface ChainPackage {
  id: string;
  name: string;
  base: boolean;
  roots: readonly number[];
}

/**
 * The combinations of tools that are really there. The first part is a declared package; each further
 * one is a package on PATH or, where the kind allows, a store path that the first part refers to.
 *
 * @param packages sorted by id
 */
export function toolChains(
  store: StoreGraph,
  offers: Offers,
  packages: readonly ChainPackage[],
  waysTo: WayFinder,
): ToolChain[] {
  const world = { store, offers, packages, waysTo };
  return chainKinds.flatMap((kind) => {
    const firsts = offering(world, kind.parts[0]).filter(({ owner }) => !owner.base);
    for (const first of firsts) {
      const parts = partsAround(world, kind, first);
      if (parts !== null) return [{ id: kind.id, purpose: kind.purpose, parts }];
    }
    return [];
  });
}

interface World {
  store: StoreGraph;
  offers: Offers;
  packages: readonly ChainPackage[];
  waysTo: WayFinder;
}

interface Offering {
  owner: ChainPackage;
  command: string;
}

function offering({ packages, offers }: World, { commands }: ChainRole): Offering[] {
  return commands.flatMap((command) =>
    packages
      .filter(({ id }) => offers.ofPackage(id).includes(command))
      .sort((a, b) => Number(a.base) - Number(b.base))
      .map((owner) => ({ owner, command })),
  );
}

function partsAround(world: World, kind: ChainKind, first: Offering): ToolChainPart[] | null {
  const [firstRole, ...others] = kind.parts;
  const parts = [onPath(firstRole, first)];
  for (const role of others) {
    const [found] = offering(world, role);
    const part = found ? onPath(role, found) : role.mayBeDependency ? dependency(world, role, first.owner) : null;
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
}

function onPath({ role }: ChainRole, { owner, command }: Offering): ToolChainPart {
  return { role, name: owner.name, package: owner.id, command, way: [], via: null };
}

function dependency({ store, offers, waysTo }: World, role: ChainRole, owner: ChainPackage): ToolChainPart | null {
  for (const command of role.commands) {
    for (let node = 0; node < store.labels.length; node++) {
      if (!offers.ofPath(node).includes(command)) continue;
      const [way] = waysTo(node, [owner]);
      if (way === undefined) continue;
      return {
        role: role.role,
        name: toolName(store.labels[node] as string),
        package: null,
        command,
        way: way.nodes.map((link) => store.labels[link] as string),
        via: owner.id,
      };
    }
  }
  return null;
}
