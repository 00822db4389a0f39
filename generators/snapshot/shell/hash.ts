/**
 * 64-bit hashes in two halves, of which the last one made stands in `hashed`: a million of them then
 * make no object. FNV-1a beside a polynomial; equal for equal texts, not for secrets to be kept with.
 */
export const hashed = {
  /** Never 0. */
  low: 1,
  high: 0,
};

export const fnvStart = 0x811c9dc5 | 0;
export const fnvPrime = 0x01000193;
export const polynomialStart = 0x9747b28c | 0;
export const polynomialFactor = 0x9e3779b1 | 0;

/** Hashes the UTF-16 units of a text. */
export function hashText(text: string): void {
  let low = fnvStart;
  let high = polynomialStart;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, fnvPrime);
    high = (Math.imul(high, polynomialFactor) + code) | 0;
  }
  finish(low, high);
}

/** Hashes bytes; of ASCII the hash is that of the same text. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): void {
  let low = fnvStart;
  let high = polynomialStart;
  for (let at = start; at < end; at++) {
    const code = bytes[at] as number;
    low = Math.imul(low ^ code, fnvPrime);
    high = (Math.imul(high, polynomialFactor) + code) | 0;
  }
  finish(low, high);
}

/** Puts two half-made halves into `hashed`, their bits mixed: tables take the lowest. */
export function finish(low: number, high: number): void {
  let first = low ^ (low >>> 16);
  first = Math.imul(first, 0x85ebca6b);
  first ^= first >>> 13;
  hashed.low = first === 0 ? 1 : first;
  hashed.high = Math.imul(high ^ (high >>> 15), 0x85ebca6b);
}
