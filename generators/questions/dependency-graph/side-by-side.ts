import { byText } from '../../order.ts';
import { parseStoreName } from '../../store-name.ts';
import type { StoreGraph } from './store-graph.ts';

/** One package with the nodes of each of its versions, in natural order. */
export interface SideBySide {
  name: string;
  versions: { version: string; nodes: number[] }[];
}

/**
 * Packages of which the closure holds more than one version: the same output, so that a package's
 * `lib` is not held against its main output. Sorted by name.
 */
export function sideBySide({ labels }: StoreGraph): SideBySide[] {
  const byName = new Map<string, Map<string, Map<string, number[]>>>();
  labels.forEach((label, node) => {
    const { name, version, output } = parseStoreName(label);
    if (version === null || !isVersion(version) || isFileName(label)) return;
    const outputs = entry(byName, name, () => new Map<string, Map<string, number[]>>());
    const versions = entry(outputs, output ?? '', () => new Map<string, number[]>());
    entry(versions, version, (): number[] => []).push(node);
  });
  return [...byName]
    .flatMap(([name, outputs]) => {
      const several = new Map<string, number[]>();
      for (const versions of outputs.values()) {
        if (versions.size < 2) continue;
        for (const [version, nodes] of versions) entry(several, version, (): number[] => []).push(...nodes);
      }
      if (several.size < 2) return [];
      const versions = [...several]
        .map(([version, nodes]) => ({ version, nodes: nodes.sort((a, b) => a - b) }))
        .sort((a, b) => compareVersions(a.version, b.version));
      return [{ name, versions }];
    })
    .sort((a, b) => byText(a.name, b.name));
}

/** `2.40-66`, `0-unstable-2025-01-02`; not the end of `unit-99-wireless-client.network`. */
function isVersion(text: string): boolean {
  const [first = '', ...more] = text.split('-');
  return /^\d/.test(first) && more.every((part) => /^(\d|alpha|beta|pre|rc|unstable)/.test(part));
}

/** Fetched sources, patches and scripts are named like packages and are none. */
function isFileName(label: string): boolean {
  return /\.(bz2|c|conf|crate|desktop|diff|drv|gem|gz|jar|json|lock|lua|lzma|nix|patch|pl|py|rock|rs|service|sh|tar|tgz|toml|txt|whl|xml|xz|yaml|yml|zip|zst)$/.test(
    label,
  );
}

/** Orders versions by their numbers, as far as they have them. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index] ?? '', right[index] ?? ''];
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y) || byText(x, y);
    return byText(x, y);
  }
  return 0;
}

function parts(version: string): string[] {
  return version.match(/\d+|[A-Za-z]+/g) ?? [];
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
