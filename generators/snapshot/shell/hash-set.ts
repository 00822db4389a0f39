/**
 * A set of texts of which it keeps only a 52-bit hash each: eight bytes a text at half load, where a
 * Set would keep the history in memory.
 */
export class HashSet {
  #slots: Float64Array;
  #size = 0;

  /** @param expected about how many texts will come; more are no harm */
  constructor(expected = 500) {
    this.#slots = new Float64Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected))));
  }

  /** @returns false if the text was there already */
  add(text: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const added = this.#insert(hashText(text));
    if (added) this.#size += 1;
    return added;
  }

  has(text: string): boolean {
    const hash = hashText(text);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#slots[slot] === hash) return true;
    }
    return false;
  }

  #insert(hash: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let held = this.#slots[slot] as number; held !== 0; held = this.#slots[slot] as number) {
      if (held === hash) return false;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = hash;
    return true;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    for (const hash of before) if (hash !== 0) this.#insert(hash);
  }
}

/** A whole number from 1 to 2^52, equal for equal texts; not for secrets to be kept with. */
export function hashText(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high, 31) + code;
  }
  high = Math.imul(high ^ (high >>> 15), 0x85ebca6b);
  low ^= low >>> 16;
  low = Math.imul(low, 0x85ebca6b);
  low ^= low >>> 13;
  return (high >>> 12) * 2 ** 32 + (low >>> 0) + 1;
}
