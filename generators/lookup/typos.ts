const longest = 64;
let before = new Uint8Array(longest + 1);
let previous = new Uint8Array(longest + 1);
let current = new Uint8Array(longest + 1);

/**
 * The number of edits (insert, delete, replace a character, swap two neighbours) between two words, or `most + 1`
 * where there are more, or where a word is longer than 64: the optimal string alignment distance.
 */
export function typos(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > longest || b.length > longest) return most + 1;
  for (let j = 0; j <= b.length; j += 1) previous[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    current[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charCodeAt(j - 1);
      let cost = Math.min(
        at(previous, j) + 1,
        at(current, j - 1) + 1,
        at(previous, j - 1) + (letter === other ? 0 : 1),
      );
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, previous, current] = [previous, current, before];
  }
  return at(previous, b.length);
}

const at = (row: Uint8Array, index: number): number => row[index] ?? 0;
