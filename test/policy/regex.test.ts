import { expect, test } from 'vitest';
import { basicToModern, extendedToModern } from '../../generators/policy/regex.ts';

test.each([
  ['$HOME/bin', '\\$HOME/bin'],
  ['end$', 'end$'],
  ['^start', '^start'],
  ['a^b', 'a\\^b'],
  ['a\\|b', 'a|b'],
  ['a|b', 'a\\|b'],
  ['f(x)', 'f\\(x\\)'],
  ['\\(a\\)\\1', null],
  ['\\d', null],
  ['\\bword\\b', '\\bword\\b'],
])('basic %s', (pattern, modern) => {
  expect(basicToModern(pattern)).toBe(modern);
});

test('an extended pattern with an escape that rg reads differently has no equivalent', () => {
  expect(extendedToModern('\\d+')).toBeNull();
  expect(extendedToModern('(a|b)\\.c$')).toBe('(a|b)\\.c$');
});
