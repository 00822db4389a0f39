import { byText } from '../../order.ts';
import type { DependencyGraph } from './schema.ts';
import { sideBySide } from './side-by-side.ts';
import { at, label, optionNames, shownPackages, smallestFirst, type World } from './world.ts';

const sharedCoreLength = 20;

/** The largest paths that no package or option alone keeps. */
export function sharedCore({ store, kept }: World): DependencyGraph['system']['sharedCore'] {
  return store.labels
    .flatMap((storeName, node) =>
      kept.soleKeeperOf(node) === null ? [{ node, storeName, size: at(store.sizes, node) }] : [],
    )
    .sort((a, b) => b.size - a.size || a.node - b.node)
    .slice(0, sharedCoreLength)
    .map(({ node, storeName, size }) => {
      const { packages, base } = kept.keepersOf(node);
      return { storeName, size, packages: packages.length, base };
    });
}

/** Several versions of one package, with who brings each. */
export function versionsSideBySide(world: World): DependencyGraph['system']['sideBySide'] {
  const { store, kept } = world;
  return sideBySide(store).map(({ name, versions }) => ({
    name,
    versions: versions.map(({ nodes }) => {
      const keepers = nodes.map((node) => kept.keepersOf(node));
      const packages = smallestFirst(world, [...new Set(keepers.flatMap((each) => each.packages))]);
      const options = new Set(keepers.flatMap((each) => optionNames(world, each)));
      const [main] = nodes.map((node) => label(store, node)).sort((a, b) => a.length - b.length || byText(a, b));
      return {
        storeName: main as string,
        size: nodes.reduce((sum, node) => sum + at(store.sizes, node), 0),
        packages: packages.slice(0, shownPackages),
        packagesCount: packages.length,
        base: keepers.some(({ base }) => base),
        options: [...options].sort(byText),
      };
    }),
  }));
}
