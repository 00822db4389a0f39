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
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    hash(text);
    const added = this.#insert(low, high);
    if (added) this.#size += 1;
    return added;
  }

  /**
   * Adds several texts, and notes for each whether it was new. A large table is in no cache: looked up one
   * after the other each text would wait for memory, looked at together they wait once.
   *
   * @param count how many of `texts`, at most 64
   */
  addSeveral(texts: readonly { text: string }[], count: number, isNew: Uint8Array): void {
    while ((this.#size + count) * 4 >= this.#slots.length) this.#grow();
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let index = 0; index < count; index++) {
      hash((texts[index] as { text: string }).text);
      lows[index] = low;
      highs[index] = high;
    }
    let seen = 0;
    for (let index = 0; index < count; index++) seen |= slots[((lows[index] as number) << 1) & mask] as number;
    lows[64] = seen; // or the loop would be left out as without effect
    for (let index = 0; index < count; index++) {
      const added = this.#insert(lows[index] as number, highs[index] as number);
      if (added) this.#size += 1;
      isNew[index] = added ? 1 : 0;
    }
  }

  has(text: string): boolean {
    hash(text);
    return this.#slots[this.#find(low, high)] !== 0;
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

/** A whole number from 1 to 2^52, equal for equal texts; not for secrets to be kept with. */
export function hashText(text: string): number {
  hash(text);
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}

/** The last hash, in two halves that need no object; `low` is never 0. */
let low = 0;
let high = 0;

/** Those of `addSeveral`. */
const lows = new Int32Array(65);
const highs = new Int32Array(64);

function hash(text: string): void {
  let first = 0x811c9dc5 | 0;
  let second = 0x9747b28c | 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = (Math.imul(second, 31) + code) | 0;
  }
  second = Math.imul(second ^ (second >>> 15), 0x85ebca6b);
  first ^= first >>> 16;
  first = Math.imul(first, 0x85ebca6b);
  first ^= first >>> 13;
  low = first === 0 ? 1 : first;
  high = second;
}
