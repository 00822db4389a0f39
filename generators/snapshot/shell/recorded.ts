import type { Entry } from './entry.ts';
import { hashed, hashText } from './hash.ts';
import { HashSet } from './hash-set.ts';

/** Remembers what one history recorded, so that another which recorded it too does not count it again. */
export interface Recorded {
  note: (entry: Entry) => void;
  /** Whether the entry was noted: the same text within two seconds, or, without a time, as often as it was noted. */
  has: (entry: Entry) => boolean;
}

export function createRecorded(): Recorded {
  const atTimes = new HashSet();
  const unmatched = new Map<number, number>();
  let any = false;
  return {
    note: ({ text, time }) => {
      any = true;
      const key = text.trim();
      if (time !== null) atTimes.add(`${Math.floor(time)} ${key}`);
      const hash = numberOf(key);
      unmatched.set(hash, (unmatched.get(hash) ?? 0) + 1);
    },
    has: (entry) => {
      if (!any) return false;
      const key = entry.text.trim();
      if (entry.time !== null) {
        const second = Math.floor(entry.time);
        return [0, 1, -1, 2, -2].some((offset) => atTimes.has(`${second + offset} ${key}`));
      }
      const hash = numberOf(key);
      const left = unmatched.get(hash) ?? 0;
      if (left > 0) unmatched.set(hash, left - 1);
      return left > 0;
    },
  };
}

/** A whole number below 2^52, equal for equal texts. */
function numberOf(text: string): number {
  hashText(text);
  return (hashed.high >>> 12) * 2 ** 32 + (hashed.low >>> 0);
}
