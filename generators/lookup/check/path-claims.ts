/** Paths that a text says to exist. */

/** Names of files that every project may have: a text may mean them in general. */
const usual =
  /^(?:[A-Z]+\.md|(?:configuration|default|devenv|flake|hardware-configuration|home|overlay|overlays|package|shell|treefmt)\.nix|flake\.lock)$/;
const ofConfiguration = /\.(?:nix|sh)$/;
/** Folders of configurations; no owner of a repository has such a name. */
const usualFolder = /^(?:home|home-manager|hosts?|lib|machines|modules|nixos|overlays|pkgs|profiles|system|users)$/;
/** Names that stand for a file of the reader's. */
const inventedPath =
  /(?:^|[/_-])(?:foo|bar|baz|xyz|example|my|your|some|kebab|camel|path|to)(?=[/_.-])|(?:^|[/_-])(?:name|file|filename)\.\w+$/i;
const capitals = /(?:^|\/)[A-Z][A-Z_-]{2,}\//;
const ofNixpkgs =
  /^(?:\.\/)?(?:nixos\/(?:modules|lib|tests)|pkgs\/(?:by-name|top-level|build-support|development|tools|applications))\//;
const knownWithFolder = /\.(nix|md|sh|json|ya?ml|toml|lock|py|ts|js|conf|lua|fish|zsh|bash|age|pub)$/;

/** `modules/desktop.nix`, `hosts/`: with a slash or a known extension, without blanks, variables and hosts. */
export function looksLikePath(code: string): boolean {
  if (!/^[\w.@*<>{},/-]+$/.test(code) || /^(https?:|~|\/|-|@)/.test(code) || code.includes('//')) return false;
  // `.config/nvim` is below the home.
  if (/^\.[a-z][\w-]*(?:\/|$)/.test(code)) return false;
  if (
    code.includes('...') ||
    code.startsWith('..') ||
    inventedPath.test(code) ||
    capitals.test(code) ||
    ofNixpkgs.test(code)
  )
    return false;
  if (!code.includes('/')) return ofConfiguration.test(code) && !usual.test(code) && /^[a-z]/i.test(code);
  if (/^[\w-]+(\.[\w-]+)*\/$/.test(code)) return true;
  return knownWithFolder.test(code) || /^(?:\.\/)?[\w-]+\/.+\/[\w.*<>-]*$/.test(code);
}

/**
 * Whether a path can only be one of the checkout: its first folder is beside the text, or at the root and the path is
 * that of a `.nix` file or the text is there, too, or it is a `.nix` file that is no `owner/repository.nix`. Any other
 * may be relative to a folder elsewhere.
 */
export function isOfCheckout(
  path: string,
  { isBeside, isAtRoot }: { isBeside: (path: string) => boolean; isAtRoot: (path: string) => boolean },
): boolean {
  const [first = '', ...rest] = path.replace(/^\.\//, '').split('/');
  if (rest.length === 0) return true;
  if (/[*<{]/.test(first)) return false;
  const isNix = path.endsWith('.nix');
  return isBeside(first) || (isNix && (rest.length > 1 || usualFolder.test(first) || isAtRoot(first)));
}

/** In "`devenv.nix` or `shell.nix`" one of the two is enough. */
export function alternatives(path: string, context: string): string[] {
  return [...context.matchAll(/`([^`]+)` or `([^`]+)`/g)].flatMap(([, a = '', b = '']) =>
    a === path ? [b] : b === path ? [a] : [],
  );
}

/** Whether the text says that a path is to be made, is made by something, or is only an example. */
export function isToBeMade(path: string, sentence: string): boolean {
  const at = sentence.indexOf(`\`${path}\``);
  const before = at < 0 ? sentence : sentence.slice(0, at);
  return (
    /\b(?:creat\w*|generat\w*|writ\w*|produc\w*|mkdir|touch|copy|cop(?:y|ies)|mov\w*|renam\w*|call(?:ed)?|named?|add(?:s|ing)?|new)\b[^`.]{0,25}$/i.test(
      before,
    ) && !/\b(?:to|in|into|from|of|at|under|below|see)\s*(?:the\s*)?$/i.test(before)
  );
}

export const example =
  /\b(?:e\.?g\.|examples?|for instance|such as|sample|suppose|inventedPath|hypothetical|template|could|would|might)(?:\b|\s|$)/i;

/** A path of a listing of folders, with the line that has it. */
export interface TreePath {
  path: string;
  line: number;
}

/**
 * The paths of a listing with `├──`. Entries that name anything (`<host>`, `...`, `*`) and what is below them are left
 * out.
 */
export function treePaths(listing: string): TreePath[] {
  const paths: TreePath[] = [];
  const folders: (string | null)[] = [];
  for (const [index, text] of listing.split('\n').entries()) {
    const [, indent = '', rest] = /^((?:[│| ] {3}|\s{4}|[│|] {2,3})*)[├└]── ?(.+)$/.exec(text) ?? [];
    if (rest === undefined) continue;
    const depth = Math.round(indent.length / 4);
    const name = /^[\w.@+-]+\/?(?=$|\s)/.exec(rest.trim())?.[0].replace(/\/$/, '') ?? null;
    const isPlain = name !== null && !/^\.{2,}$/.test(name);
    const above = depth === 0 ? '' : folders[depth - 1];
    folders.length = depth;
    folders[depth] =
      !isPlain || above === null || above === undefined ? null : above === '' ? name : `${above}/${name}`;
    const path = folders[depth];
    if (path !== null && path !== undefined) paths.push({ path, line: index + 1 });
  }
  return paths;
}
