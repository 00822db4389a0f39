import type { Inline } from './content.ts';

/** Names as code spans, separated by commas. */
export function join(names: readonly string[]): Inline[] {
  return names.flatMap((code, index): Inline[] => (index === 0 ? [{ code }] : [', ', { code }]));
}

/** The first names, and how many more there are. */
export function limited(names: readonly string[], most: number): Inline[] {
  const left = names.length - most;
  return left > 0 ? [...join(names.slice(0, most)), `, ${left} more`] : join(names);
}

/** Two significant digits, so that one more does not change the text: 5 -> 5, 128 -> 130. */
export function rounded(count: number): string {
  return String(Number(count.toPrecision(2)));
}
