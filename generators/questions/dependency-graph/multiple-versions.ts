import { at } from '../../at.ts';
import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import { parseStoreName } from '../../store-name.ts';
import { type AnalyzedGraph, requiredBy } from './analyzed-graph.ts';
import type { MultipleVersions } from './schema.ts';

/** Packages of which the closure has several versions, and what requires each version. Sorted by name. */
export function multipleVersions(graph: AnalyzedGraph): MultipleVersions[] {
  const { names, sizes } = graph.store;
  return nodesByVersion(names).map(({ name, versions }) => ({
    name,
    versions: versions.map((nodes) => {
      const retainers = nodes.map((node) => graph.retention.retainedBy(node));
      return {
        storeName: at(
          nodes.map((node) => at(names, node)).sort((a, b) => a.length - b.length || byText(a, b)),
          0,
        ),
        size: nodes.reduce((sum, node) => sum + at(sizes, node), 0),
        requiredBy: requiredBy(graph, {
          packages: [...new Set(retainers.flatMap(({ packages }) => packages))],
          options: [...new Set(retainers.flatMap(({ options }) => options))].sort((a, b) => a - b),
          base: retainers.some(({ base }) => base),
        }),
      };
    }),
  }));
}

/**
 * The nodes of each version of a package, versions in natural order. Only versions of the same output count:
 * the `lib` of one version beside the main output of another is not a second version.
 */
function nodesByVersion(names: readonly string[]): { name: string; versions: number[][] }[] {
  const parsed = names.flatMap((storeName, node) => {
    const { name, version, output } = parseStoreName(storeName);
    return version === null || !isVersion(version) || isFileName(storeName)
      ? []
      : [{ node, name, version, output: output ?? '' }];
  });
  return [...groupBy(parsed, ({ name }) => name)]
    .map(([name, paths]) => {
      const several = [...groupBy(paths, ({ output }) => output).values()].filter(
        (output) => new Set(output.map(({ version }) => version)).size > 1,
      );
      const versions = [...groupBy(several.flat(), ({ version }) => version)]
        .sort(([a], [b]) => compareVersions(a, b))
        .map(([, version]) => version.map(({ node }) => node).sort((a, b) => a - b));
      return { name, versions };
    })
    .filter(({ versions }) => versions.length > 1)
    .sort((a, b) => byText(a.name, b.name));
}

/** `2.40-66`, `0-unstable-2025-01-02`; not the end of `unit-99-wireless-client.network`. */
function isVersion(text: string): boolean {
  const [first = '', ...more] = text.split('-');
  return /^\d/.test(first) && more.every((part) => /^(\d|alpha|beta|pre|rc|unstable)/.test(part));
}

/** Fetched sources, patches and scripts are named like packages. */
function isFileName(storeName: string): boolean {
  return /\.(bz2|c|conf|crate|desktop|diff|drv|gem|gz|jar|json|lock|lua|lzma|nix|patch|pl|py|rock|rs|service|sh|tar|tgz|toml|txt|whl|xml|xz|yaml|yml|zip|zst)$/.test(
    storeName,
  );
}

/** Orders versions by their numbers where both have a number, else by text. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string): readonly string[] => version.match(/\d+|[A-Za-z]+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index] ?? '', right[index] ?? ''];
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y) || byText(x, y);
    return byText(x, y);
  }
  return 0;
}
