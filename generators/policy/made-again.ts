import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { isLink } from './world.ts';

/** Folders that only a program fills, in whatever project. */
const always =
  /^(node_modules|__pycache__|\.venv|\.direnv|\.cache|\.(pytest|mypy|ruff)_cache|\.next|\.nuxt|\.svelte-kit|\.turbo|\.parcel-cache|\.gradle|\.tox|dist-newstyle|\.stack-work|elm-stuff|\.?zig-cache|zig-out)$|\.egg-info$/;

/** Files beside a folder of this name which say that a build makes it. */
const manifests: Readonly<Record<string, RegExp>> = {
  target: /^(Cargo\.toml|pom\.xml|build\.sbt)$/,
  dist: /^(package\.json|pyproject\.toml|setup\.py|.*\.cabal)$/,
  build:
    /^(package\.json|CMakeLists\.txt|meson\.build|build\.gradle(\.kts)?|pyproject\.toml|setup\.py|pubspec\.yaml|configure(\.ac)?)$/,
  out: /^(package\.json|CMakeLists\.txt|foundry\.toml)$/,
  coverage: /^(package\.json|pyproject\.toml|setup\.py)$/,
  vendor: /^(go\.mod|composer\.json|Gemfile)$/,
  bin: /\.(cs|fs|vb)proj$/,
  obj: /\.(cs|fs|vb)proj$/,
  _build: /^(mix\.exs|dune-project|rebar\.config)$/,
};

/** Names that such folders have where git ignores them. */
const usual = /^(target|dist|build|out|coverage|vendor|bin|obj|_build|venv|tmp|temp|logs?)$/;

/** Files that a program writes again. */
const temporary = /\.(log|out|err|tmp|pid|bak|orig|pyc|o)$|^(tmp|temp)[\w.-]*$/;

/**
 * Whether a program makes a file again: it is in a folder that only programs fill or that a manifest beside it names
 * as output, it has a temporary name, or it is a link.
 *
 * @param tree the root of the work tree
 * @param ignored whether git ignores the file
 */
export function isMadeAgain(path: string, tree: string, ignored: boolean): boolean {
  if (isTemporary(path) || isLink(path)) return true;
  let folder = tree;
  for (const name of relative(tree, path).split('/')) {
    const parent = folder;
    folder = join(parent, name);
    if (always.test(name) || (ignored && usual.test(name)) || existsSync(join(folder, 'pyvenv.cfg'))) return true;
    const manifest = Object.hasOwn(manifests, name) ? manifests[name] : undefined;
    if (manifest !== undefined && names(dirname(folder)).some((one) => manifest.test(one))) return true;
  }
  return false;
}

export const isTemporary = (path: string): boolean => temporary.test(basename(path));

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
