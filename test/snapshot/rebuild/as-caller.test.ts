import { expect, test } from 'vitest';
import { asCaller } from '../../../generators/snapshot/rebuild/as-caller.ts';

test.each([
  [0, { SUDO_USER: 'ann' }, ['sudo', '-H', '-u', 'ann', '--']],
  [0, { DOAS_USER: 'ann' }, ['doas', '-u', 'ann', '--']],
  [0, { SUDO_USER: 'root' }, []],
  [0, {}, []],
  [1000, { SUDO_USER: 'ann' }, []],
])('uid %i with %j becomes the caller by %j', (uid, variables, expected) => {
  expect(asCaller(uid, variables)).toEqual(expected);
});
