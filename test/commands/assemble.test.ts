import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { command } from '../../generators/commands/assemble.ts';

const scratch = mkdtempSync(join(tmpdir(), 'assemble-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test.each([
  ['as evaluation has it', { text: 'Words.' }, { text: 'Words.' }],
  ['out of a file that was built', { text: null, textFile: join(scratch, 'policies.md') }, { text: 'Built.\n' }],
])("the user's own policies: %s", async (_, policies, expected) => {
  writeFileSync(join(scratch, 'policies.md'), 'Built.\n');
  const attributes = {
    storeDir: '/nix/store',
    evaluated: {},
    settings: {},
    roots: {},
    services: {},
    sources: '',
    snapshots: '',
  };
  writeFileSync(join(scratch, 'attributes.json'), JSON.stringify({ ...attributes, closure: [], policies }));
  const out = join(scratch, 'evidence');
  expect(await command.run(['--attrs', join(scratch, 'attributes.json'), '--out', out])).toBe(0);
  expect(JSON.parse(readFileSync(join(out, 'policies.json'), 'utf8'))).toEqual(expected);
});
