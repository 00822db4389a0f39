import { expect, test } from 'vitest';
import { type Input, nix, repositoryUrl, requiresNix } from './world.ts';

// The flake's check `capture` tests hosts.
const inputs: Input[] = ['nixpkgs', 'home-manager'];
const world = requiresNix(...inputs);

test.skipIf(world.missing)(`the recorder and the timer of a home are what the options say${world.why}`, async () => {
  const failures = await nix(['eval', '--json', `${repositoryUrl}?dir=test/nix#captureHome`], inputs);
  expect(JSON.parse(failures)).toEqual([]);
});
