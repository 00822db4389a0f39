import { expect, test } from 'vitest';
import { overrideInput } from '../../../generators/snapshot/rebuild/override-input.ts';

test.each([
  [
    ['home-manager', 'switch'],
    ['home-manager', 'switch', '--override-input', 'mine', 'path:/a/b%20%25%23c'],
  ],
  [
    ['nh', 'os', 'switch'],
    ['nh', 'os', 'switch', '--', '--override-input', 'mine', 'path:/a/b%20%25%23c'],
  ],
  [
    ['nh', 'os', 'switch', '--', '--impure'],
    ['nh', 'os', 'switch', '--', '--impure', '--override-input', 'mine', 'path:/a/b%20%25%23c'],
  ],
  [
    ['nixos-rebuild', 'switch', '--override-input', 'nixpkgs', '/n'],
    ['nixos-rebuild', 'switch', '--override-input', 'mine', 'path:/a/b%20%25%23c', '--override-input', 'nixpkgs', '/n'],
  ],
])('the input is overridden for %j', (command, expected) => {
  expect(overrideInput(command, 'mine', '/a/b %#c')).toEqual(expected);
});
