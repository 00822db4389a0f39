/** The package that a reference in the source names. */
export interface PackageName {
  name: string;
  set: string | null;
}

const packageSet = /^(pkgs|nixpkgs)$/;
const otherSet =
  /^(?:(?:un)?stable|master|edge|small|bleeding|pkgs[-_']?.+|nixpkgs[-_'].+|.+[-_]?pkgs|.+Pkgs|unstable.*|nur)$/i;
/** Outputs with a package's commands; any other output does not count as the package. */
const mainOutputs = /^(out|bin)$/;
const holders = /^(packages|legacyPackages|defaultPackage)$/;
const system = /^(\$\{.*\}|(x86_64|aarch64|i686|armv7l|riscv64)-(linux|darwin))$/;

/**
 * The package that a dotted reference names; undefined for other references (`config.…`, a computed name).
 * `names` is the path as written, computed names as `${…}`; `scope` is the path of the `with` around a
 * reference of one name.
 */
export function packageName(names: readonly string[], scope: readonly string[] = []): PackageName | undefined {
  const path = names[0] === undefined ? [] : [...scope, ...names];
  const root = path[0];
  if (root === undefined) return undefined;
  if (root === 'config' || root === 'cfg' || root === 'osConfig') {
    return path[1] === 'boot' && path[2] === 'kernelPackages'
      ? named(['linuxPackages', ...path.slice(3)], null)
      : undefined;
  }
  if (root === 'lib' || root === 'builtins') return undefined;
  const holder = path.findIndex((name) => holders.test(name));
  const isInput = /^(inputs|self)'?$/.test(root) || system.test(path[holder + 1] ?? '');
  if (holder > 0 && isInput) return inputPackage(path.slice(0, holder), path.slice(holder + 1));
  if (packageSet.test(root)) {
    const next = path[1];
    const isChannel = next !== undefined && path.length > 2 && /^(un)?stable$|^(master|edge|unstable-.*)$/i.test(next);
    return isChannel ? named(path.slice(2), next) : named(path.slice(1), null);
  }
  if (root === 'inputs' || root === 'self' || root === 'flake') return named(path, null);
  if (path.length > 1 && otherSet.test(root)) return named(path.slice(1), root);
  return named(path, null);
}

/** `inputs.x.packages.<system>.default` is `inputs.x`; another attribute than its default is named. */
function inputPackage(before: readonly string[], after: readonly string[]): PackageName | undefined {
  const holderPath = before.map((name) => name.replace(/'$/, ''));
  const input = holderPath.at(-1) ?? '';
  const rest = after.filter((name, index) => !(index === 0 && system.test(name)));
  const attribute = rest.join('.');
  if (/^nixpkgs/.test(input) || otherSet.test(input)) return named(rest, `inputs.${input}`);
  if (input === 'self' || input === 'perSystem') return named(['self', ...rest], null);
  if (attribute.includes('${')) return undefined;
  return attribute === '' || attribute === 'default' || attribute === input
    ? { name: `inputs.${input}`, set: null }
    : { name: `inputs.${input}.${attribute}`, set: null };
}

function named(path: readonly string[], set: string | null): PackageName | undefined {
  const own = path.length > 1 && mainOutputs.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
  if (own.length === 0 || own.some((name) => name.includes('${') || name === '')) return undefined;
  return { name: own.join('.'), set };
}
