import { hashed, hashText } from './hash.ts';

/**
 * A set of texts of which it keeps only a 64-bit hash each: sixteen bytes a text at half load, where a
 * Set would keep the history in memory.
 */
export class HashSet {
  /** Two halves of a hash a slot; where the first is 0, the slot is free. */
  #slots: Int32Array;
  #size = 0;

  /** @param expected about how many texts will come; more are no harm */
  constructor(expected = 500) {
    this.#slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected))));
  }

  /** @returns false if the text was there already */
  add(text: string): boolean {
    hashText(text);
    return this.addHash(hashed.low, hashed.high);
  }

  has(text: string): boolean {
    hashText(text);
    return this.#slots[this.#find(hashed.low, hashed.high)] !== 0;
  }

  /** `add` for a text whose hash is known. */
  addHash(low: number, high: number): boolean {
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    const added = this.#insert(low, high);
    if (added) this.#size += 1;
    return added;
  }

  #insert(first: number, second: number): boolean {
    const slot = this.#find(first, second);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = first;
    this.#slots[slot + 1] = second;
    return true;
  }

  /** Where a hash stands, or the free slot where it would. */
  #find(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (first << 1) & mask;
    for (let held = slots[slot]; held !== 0; held = slots[slot]) {
      if (held === first && slots[slot + 1] === second) break;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 2) {
      if (before[slot] !== 0) this.#insert(before[slot] as number, before[slot + 1] as number);
    }
  }
}
