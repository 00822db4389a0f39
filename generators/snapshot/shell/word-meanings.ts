import { fnvPrime, fnvStart } from './hash.ts';

/**
 * What words mean, looked up by the hash of their bytes. A word with the hash of another is taken for that
 * one: it must do no harm to take a word that means nothing for one that does.
 */
export class WordMeanings {
  /** Hashes at a quarter's load; 0 where there is none. */
  #hashes: Int32Array;
  /** The bits of what the word in the same place means. */
  #meanings: Uint8Array;

  /** @param hashes of {@link hashWord}, by the bit of what the words mean */
  constructor(hashes: readonly (readonly [meaning: number, hashes: readonly number[]])[]) {
    const count = hashes.reduce((sum, [, some]) => sum + some.length, 1);
    this.#hashes = new Int32Array(2 ** Math.ceil(Math.log2(4 * count)));
    this.#meanings = new Uint8Array(this.#hashes.length);
    for (const [meaning, some] of hashes) {
      for (const hash of some) {
        const slot = this.#slotOf(hash);
        this.#hashes[slot] = hash;
        this.#meanings[slot] = (this.#meanings[slot] as number) | meaning;
      }
    }
  }

  /** The bits of all that the word with this hash means; 0 for nothing. */
  of(hash: number): number {
    return this.#meanings[this.#slotOf(hash)] as number;
  }

  /** Where a hash stands, or the free slot where it would. */
  #slotOf(hash: number): number {
    const mask = this.#hashes.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    while (this.#hashes[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }
}

export function hashWord(bytes: Uint8Array, start: number, end: number): number {
  let hash = fnvStart;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), fnvPrime);
  return hash;
}

export function hashWords(words: Iterable<string>): number[] {
  return Array.from(words, (word) => {
    const bytes = Buffer.from(word);
    return hashWord(bytes, 0, bytes.length);
  });
}
