import type { EvaluatedPackage } from './evaluated.ts';

/** How alike two names are, and by what. */
export interface Likeness {
  score: number;
  matchedBy: 'name' | 'command' | 'similar name';
}

/** How much each kind of likeness counts. */
export const scores = { name: 1, stem: 0.9, command: 0.8, member: 0.7, part: 0.6, sameFile: 1 };

/** How alike an attribute and the names of an evaluated package are; undefined: not at all. */
export function nameLikeness(
  attribute: string,
  entry: Pick<EvaluatedPackage, 'name' | 'mainProgram'>,
): Likeness | undefined {
  return likenessOf(attributeNames(attribute), packageNames(entry));
}

/** Computed once for each attribute: every package is compared with every attribute. */
export function attributeNames(attribute: string) {
  // `kitty.terminfo` is an output of the package kitty.
  const path = attribute.replace(/(?<=.)\.(?:dev|lib|man|doc|info|debug|terminfo)$/, '').split('.');
  const isInput = path[0] === 'inputs';
  const last = path.slice(-1).join();
  // A package of a flake input is named after the input or its attribute.
  const names = isInput ? path.slice(1) : [last, path.slice(-2).join('-'), path.join('-')];
  return {
    names: names.map(normalized),
    stems: names.map(stemOf),
    last: normalized(last),
    lastStem: stemOf(last),
    isMemberOfSet: path.length > 1 && !isInput && last.length > 0,
  };
}

export function packageNames({ name, mainProgram }: Pick<EvaluatedPackage, 'name' | 'mainProgram'>) {
  return {
    name: normalized(name),
    stem: stemOf(name),
    command: mainProgram === null ? null : normalized(mainProgram),
  };
}

export function likenessOf(
  { names, stems, last, lastStem, isMemberOfSet }: ReturnType<typeof attributeNames>,
  { name, stem, command }: ReturnType<typeof packageNames>,
): Likeness | undefined {
  if (names.includes(name)) return { score: scores.name, matchedBy: 'name' };
  if (stems.includes(stem)) return { score: scores.stem, matchedBy: 'name' };
  if (command !== null && names.includes(command)) return { score: scores.command, matchedBy: 'command' };
  // `gnomeExtensions.appindicator` is gnome-shell-extension-appindicator, `fishPlugins.z` is fishplugin-z.
  if (isMemberOfSet && (name.endsWith(`-${last}`) || name.startsWith(`${last}.`)))
    return { score: scores.member, matchedBy: 'similar name' };
  const [short, long] = lastStem.length <= name.length ? [lastStem, name] : [name, lastStem];
  const isPart = short.length > 3 && (long.startsWith(`${short}-`) || long.endsWith(`-${short}`));
  return isPart ? { score: scores.part, matchedBy: 'similar name' } : undefined;
}

/** Whether a file of the source text is an evaluated file, which may be named by the folder of its default.nix. */
export function sameFile(file: string, evaluated: string): boolean {
  return (
    file === evaluated || file === `${evaluated.replace(/\/$/, '')}/default.nix` || `${file}/default.nix` === evaluated
  );
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/_/g, '-');
}

/** A name without version and kind of packaging. */
function stemOf(name: string): string {
  return normalized(name)
    .replace(/[-.]?\d+(?:[.-]\d+)*$/, '')
    .replace(/-(?:bin|wrapped|wrapper|unwrapped|fhs|env|with-plugins|nix|flake)$/, '')
    .replace(/^python\d+(?:\.\d+)?-/, '');
}
