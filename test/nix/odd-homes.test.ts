import { expect, test } from 'vitest';
import { type Input, nix, repositoryUrl, requiresNix } from './world.ts';

const inputs: Input[] = ['nixpkgs', 'home-manager'];
const world = requiresNix(...inputs);

test.skipIf(world.missing)(`unusual homes evaluate${world.why}`, async () => {
  const failures = await nix(['eval', '--json', `${repositoryUrl}?dir=test/nix#oddHomes`], inputs);
  expect(JSON.parse(failures)).toEqual([]);
});
