/**
 * A pattern of names or paths as a regular expression: `*` and `?` within a folder, `**` for anything, `[…]` and `[!…]`.
 * A pattern that is not valid matches its words with any characters between them. Written by hand because picomatch adds
 * 25 kB to the hook and 3 to 5 ms of processor time to each call.
 */
export function globRegExp(glob: string): RegExp {
  const source = glob.replace(/\*\*\/?|\[!|[*?.+^${}()|\\]/g, (special) => {
    if (special.startsWith('**')) return '.*';
    if (special === '[!') return '[^';
    if (special === '*') return '[^/]*';
    if (special === '?') return '[^/]';
    return `\\${special}`;
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return new RegExp(`^${glob.replace(/[^\w/]/g, '.')}$`, 's');
  }
}
