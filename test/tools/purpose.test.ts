import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { knownPurpose } from '../../generators/data/known-tools.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { purposeOf } from '../../generators/tools/purpose.ts';
import { purposes } from '../../generators/tools/purposes.ts';
import { toolProfiles } from '../../generators/tools/schema.ts';
import { sampleCommands, sampleEvaluated, samplePackage } from '../sample-evidence.ts';

/** Fifty packages that exist nowhere, with the purpose that a reader of the description would name. */
const madeUp: [name: string, description: string, purpose: string][] = JSON.parse(
  readFileSync(new URL('../fixtures/made-up-host/packages.json', import.meta.url), 'utf8'),
);

test('of fifty made-up packages nine in ten get the purpose that a reader would give them', () => {
  const right = madeUp.filter(
    ([name, description, purpose]) => purposeOf({ name, description }).purpose.id === purpose,
  );
  expect(madeUp).toHaveLength(50);
  expect(right.length).toBeGreaterThanOrEqual(45);
});

test('a public tool is known by its name, whatever its description', () => {
  const vocabulary = purposes.flatMap(({ strong, weak }) => `${strong}, ${weak}`.split(/\s*,\s*/));
  for (const [name] of madeUp) {
    expect(vocabulary).not.toContain(name);
    expect(knownPurpose(name)).toBeUndefined();
  }
  const named = {
    ripgrep: 'search',
    statix: 'nix',
    valgrind: 'debugging',
    nvd: 'nix',
    just: 'building',
    pgcli: 'databases',
    nodejs_22: 'languages',
    python313: 'languages',
    'nixfmt-rfc-style': 'nix',
  };
  for (const [name, purpose] of Object.entries(named)) {
    expect(purposeOf({ name, description: 'Find your way to the library' }).purpose.id).toBe(purpose);
  }
  expect(purposeOf({ name: 'nvd-helper', description: null }).purpose.id).toBe('other');
});

test('a host with the made-up packages: each tool is in its group, with its command', () => {
  const packages = madeUp.map(([name, description, purpose]) =>
    samplePackage({ name, description, mainProgram: purpose === 'fonts' ? null : name.slice(0, 4) }),
  );
  const commands = sampleCommands({ packages });
  for (const { id, mainProgram } of packages) if (mainProgram === null) commands.packages[id] = [];
  const { files } = buildOutput(
    {
      evidence: { evaluated: sampleEvaluated({ packages }), commands },
      settings: defaultSettings,
      inputs: [],
      missing: [],
      rejected: [],
    },
    [],
  );
  const profiles = toolProfiles.parse(JSON.parse(files.get('intelligence/tool_profiles.json') ?? ''));
  for (const [name, description] of madeUp) {
    expect(profiles.profiles.find((one) => one.name === name)).toMatchObject({ description });
  }
  const text = files.get('CLAUDE.md') ?? '';
  expect(text).not.toContain('typeface');
  expect(text).toMatch(/\*\*Search\*\*: [^*]*`quiv`/);
  expect(text).toMatch(/\*\*Databases\*\*: [^*]*`keyl`/);
});

test.each([
  ['a replacement has the purpose of what it replaces', 'Modern replacement for ls', 'files'],
  ['the language that it is written in does not count', 'Pager written in Rust, based on SQLite', 'files'],
  ['an extra counts little', 'Cat clone with Git integration', 'files'],
  ['the noun decides, not the words before it', 'JSON language server', 'checking'],
  ['no known word', 'Frobnicates the quux', 'other'],
  ['no description', null, 'other'],
])('%s: %s', (_, description, purpose) => {
  expect(purposeOf({ name: 'x', description }).purpose.id).toBe(purpose);
});
