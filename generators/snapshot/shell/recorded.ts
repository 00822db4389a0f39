import { copyText, type Entry } from './entry.ts';

/** Remembers what one history recorded, so that the same use is not counted again from another history. */
export interface Recorded {
  note: (entry: Entry) => void;
  /**
   * Whether the entry was noted: the same text within two seconds. An entry without time is recognised as often
   * as its text was noted.
   */
  has: (entry: Entry) => boolean;
}

export function createRecorded(): Recorded {
  const atSecond = new Set<string>();
  const unmatched = new Map<string, number>();
  return {
    note: ({ text, time }) => {
      const key = copyText(text.trim());
      if (time !== null) atSecond.add(`${Math.floor(time)} ${key}`);
      unmatched.set(key, (unmatched.get(key) ?? 0) + 1);
    },
    has: ({ text, time }) => {
      const key = text.trim();
      const left = unmatched.get(key);
      if (left === undefined) return false;
      if (time !== null) {
        const second = Math.floor(time);
        return [0, 1, -1, 2, -2].some((offset) => atSecond.has(`${second + offset} ${key}`));
      }
      if (left > 0) unmatched.set(key, left - 1);
      return left > 0;
    },
  };
}
