import type { Checkout } from './checkout.ts';

/** `12 modules in \`modules/\``, `(5 files in \`scripts/\`)`. */
const counted =
  /(~|about |around |over |at least )?\b(\d{1,4})(\+?) (?:[\w-]+ ){0,2}?(files?|modules?|hosts?|machines?|overlays?|scripts?|skills?|configurations?|folders?|directories|entries|profiles?) (?:are |live |is )?(?:in|under|below|inside) (?:the )?`([\w.@/-]+)`/gi;

/** Counts of what a folder has that are neither the number of its entries, files or folders, nor of those below it. */
export function wrongCountsOfFolders(
  context: string,
  { namesIn }: Pick<Checkout, 'namesIn'>,
): { statement: string; found: string }[] {
  return [...context.matchAll(counted)].flatMap(([statement, roughly, digits = '', plus, , folder = '']) => {
    const path = folder.replace(/\/$/, '');
    const entries = namesIn(path);
    if (entries === null || roughly) return [];
    const number = Number(digits);
    const counts = countsIn(path, namesIn, 0);
    const isRight = plus ? Math.max(...counts) >= number : counts.includes(number);
    if (isRight) return [];
    const [, files = 0, folders = 0] = counts;
    return [{ statement: statement.trim(), found: `\`${path}/\` has ${files} files and ${folders} folders` }];
  });
}

/** Entries, files, folders, `.nix` files with and without `default.nix`, and all files below. */
function countsIn(folder: string, namesIn: Checkout['namesIn'], depth: number): number[] {
  const entries = (namesIn(folder) ?? []).filter(({ name }) => !name.startsWith('.'));
  const folders = entries.filter((entry) => entry.isDirectory());
  const files = entries.length - folders.length;
  const nix = entries.filter(({ name }) => name.endsWith('.nix')).map(({ name }) => name);
  const below = depth > 8 ? [] : folders.map(({ name }) => countsIn(`${folder}/${name}`, namesIn, depth + 1));
  const plainNix = nix.filter((name) => name !== 'default.nix').length;
  return [
    entries.length,
    files,
    folders.length,
    nix.length,
    plainNix,
    folders.length + plainNix,
    files + sum(below, 6),
    nix.length + sum(below, 7),
  ];
}

const sum = (lists: readonly (readonly number[])[], at: number): number =>
  lists.reduce((total, list) => total + (list[at] ?? 0), 0);
