/** How often steps followed each other. */
export interface SequenceCount {
  steps: [number, number] | [number, number, number];
  uses: number;
  /** Days with a use; one that comes after a later day is not seen. */
  days: number;
}

/** Steps are numbered from 1; those beyond cannot be counted. */
export const maxStep = 2 ** 15 - 1;

/** Numbers a row: the first two steps, the third or 0, uses, days, last day. */
const width = 8;

/**
 * Counts pairs and triples of steps, in one array of numbers: a million lines are looked up in it twice
 * each, and a row is one line of the processor's cache where objects in a Map are several.
 */
export class StepSequences {
  #rows = new Int32Array(width * 2 ** 12);
  #size = 0;

  addPair(first: number, second: number, day: number | null): void {
    this.#add((first << 15) | second, 0, day);
  }

  addTriple(first: number, second: number, third: number, day: number | null): void {
    this.#add((first << 15) | second, third, day);
  }

  *counts(): Generator<SequenceCount> {
    const rows = this.#rows;
    for (let row = 0; row < rows.length; row += width) {
      const [pair, third, uses, days] = rows.subarray(row, row + 4) as unknown as [number, number, number, number];
      if (pair === 0) continue;
      const first = pair >>> 15;
      const second = pair & maxStep;
      yield { steps: third === 0 ? [first, second] : [first, second, third], uses, days };
    }
  }

  #add(pair: number, third: number, day: number | null): void {
    const row = this.#find(pair, third);
    const rows = this.#rows;
    rows[row + 2] = (rows[row + 2] as number) + 1;
    // A free row has 0 where the last day stands, and days are counted from 1970.
    if (day !== null && day > (rows[row + 4] as number)) {
      rows[row + 3] = (rows[row + 3] as number) + 1;
      rows[row + 4] = day;
    }
    if (rows[row] !== 0) return;
    rows[row] = pair;
    rows[row + 1] = third;
    this.#size += 1;
    if (this.#size * width * 2 > rows.length) this.#grow();
  }

  /** Where a sequence stands, or the free row where it would. */
  #find(pair: number, third: number): number {
    const rows = this.#rows;
    const mask = rows.length - 1;
    const mixed = Math.imul(pair, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b);
    let row = (Math.imul(mixed ^ (mixed >>> 15), width) & mask) | 0;
    while (rows[row] !== 0 && (rows[row] !== pair || rows[row + 1] !== third)) row = (row + width) & mask;
    return row;
  }

  #grow(): void {
    const before = this.#rows;
    this.#rows = new Int32Array(2 * before.length);
    for (let row = 0; row < before.length; row += width) {
      if (before[row] === 0) continue;
      this.#rows.set(before.subarray(row, row + width), this.#find(before[row] as number, before[row + 1] as number));
    }
  }
}
