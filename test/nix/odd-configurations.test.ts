import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Input, nix, repositoryUrl, requiresNix } from './world.ts';

const inputs: Input[] = ['nixpkgs', 'home-manager'];
const world = requiresNix(...inputs);
const installable = `${repositoryUrl}?dir=test/nix#oddConfigurations`;

test.skipIf(world.missing)(`odd configurations evaluate as without the module${world.why}`, async () => {
  const evaluated = await nix(['eval', '--json', `${installable}.evaluated`], inputs);
  const rows: [string, [boolean, boolean]][] = Object.entries(JSON.parse(evaluated));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter(([, [without, withModule]]) => !without || !withModule)).toEqual([]);
});

test.skipIf(world.missing)(`the outputs of odd configurations build and are UTF-8${world.why}`, async () => {
  const outputs = await nix(['build', '--no-link', '--print-out-paths', `${installable}.outputs`], inputs);
  for (const output of readFileSync(outputs, 'utf8').trim().split('\n')) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(`${output}/CLAUDE.md`));
    expect(text).toContain('# ');
  }
});

test.skipIf(world.missing)(`what cannot be caught is named in the message${world.why}`, async () => {
  const apply = 'named: builtins.mapAttrs (_: one: one.message) named';
  const named: Record<string, string> = JSON.parse(
    await nix(['eval', '--json', `${installable}.named`, '--apply', apply], inputs),
  );
  await eachOf(Object.entries(named), async ([name, message]) => {
    const evaluate = (path: string): Promise<string> =>
      nix(['eval', `${installable}.named`, '--apply', `named: named.${JSON.stringify(name)}.row.${path}`], inputs);
    await evaluate('withoutPath');
    const error = await evaluate('withPath').then(
      () => 'evaluated',
      (failure) => String(failure),
    );
    expect(error, name).toContain(message);
  });
});

/** Two at a time. */
async function eachOf<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await run(item);
  };
  await Promise.all([worker(), worker()]);
}
