import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeRows, decodeVlq, encodeRows, encodeVlq } from '../../generators/graph/vlq.ts';

it('gives back the numbers, up to the largest', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
      expect(decodeVlq(encodeVlq(numbers))).toEqual(numbers);
    }),
  );
  expect(encodeVlq([0, 31, 32, 1000])).toBe('AfgBof');
});

it('gives back ascending rows', () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.nat()).map((row) => row.toSorted((a, b) => a - b))), (rows) => {
      expect(decodeRows(encodeRows(rows))).toEqual(rows);
    }),
  );
});

it.each(['g', 'A-', 'ä', 'CA'])('refuses `%s`', (text) => {
  expect(() => decodeRows(text)).toThrow(RangeError);
});
