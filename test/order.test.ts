import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Json } from '../generators/order.ts';

const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, one]) => [key, reversed(one)]),
        )
      : value;

test('the order of keys is the only thing that changes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const data = JSON.parse(JSON.stringify(value)) as Json;
      expect(canonical(data)).toEqual(data);
      expect(JSON.stringify(canonical(data))).toBe(JSON.stringify(canonical(reversed(data) as Json)));
    }),
  );
});

test('a key `__proto__` remains data', () => {
  expect(JSON.stringify(canonical(JSON.parse('{"b":1,"__proto__":{"a":2}}')))).toBe('{"__proto__":{"a":2},"b":1}');
});
