/**
 * Whether an entry that replaces another is the same tool under a new name: `nodejs_20` and `nodejs_22`,
 * `poppler_utils` and `poppler-utils`, `nodePackages.prettier` and `prettier`, `inputs.devenv` and `devenv`,
 * the option `programs.git` and the package `git`.
 */
export function sameTool(
  old: { name: string; kind: 'package' | 'option' | 'library' },
  now: { name: string; kind: 'package' | 'option' | 'library' },
): boolean {
  if (old.kind === 'option' && now.kind === 'option') return optionStem(old.name) === optionStem(now.name);
  const before = stem(old.name);
  const after = stem(now.name);
  if (before.length < 2) return false;
  if (before === after) return true;
  // A flake's input renamed: `inputs.cursor-nix` is `inputs.code-cursor-nix`.
  const isInput = old.name.startsWith('inputs.') && now.name.startsWith('inputs.');
  return isInput && before.length > 3 && (after.endsWith(`-${before}`) || before.endsWith(`-${after}`));
}

function optionStem(name: string): string {
  // `hardware.opengl` became `hardware.graphics`: options are the same only if their last names are.
  return name.split('.').at(-1)?.toLowerCase() ?? '';
}

/** The name without its set, version and the marks of how it is packaged. */
export function stem(name: string): string {
  const own = name.startsWith('inputs.')
    ? inputStem(name)
    : (name.match(/[^.]+\.(?:dev|lib|man|doc|info|debug|terminfo)$/)?.[0] ?? name.split('.').at(-1) ?? name);
  return own
    .toLowerCase()
    .replace(/_/g, '-')
    .replace(/-?(?:v?\d+(?:[-.]\d+)*)$/, '')
    .replace(/-(?:bin|unwrapped|wrapped|fhs|git|latest|full|x11|wayland|nix|flake|overlay|cli)$/, '')
    .replace(/^python\d*-/, 'python-');
}

function inputStem(name: string): string {
  const [, input, ...rest] = name.split('.');
  return (rest.at(-1) ?? input ?? '').replace(/[-_.]?(?:nix|flake|overlay)$/, '');
}
