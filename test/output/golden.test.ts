import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { jsonSchemas } from '../../generators/output/json-schemas.ts';
import { plant, survey, type Tree } from '../tree.ts';

/**
 * Golden folders: `test/golden/<host>/input` is evidence, `test/golden/<host>/expected` the complete output for it.
 * To add a host, write its `input` folder and run `npm run golden`, which renews every `expected` folder.
 */
const folder = fileURLToPath(new URL('../golden/', import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';
const hosts = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/input`));

/**
 * The JSON Schemas are the same for every host, so they are committed once; report.html shows the other files and has
 * tests of its own.
 */
const isCompared = (path: string): boolean => !path.startsWith('intelligence/schemas/') && path !== 'report.html';

test.each(hosts)('%s: the output is the committed one', (host) => {
  const { files } = buildOutput(readEvidence(`${folder}${host}/input`));
  const output = [...files].filter(([path]) => isCompared(path));
  compare(`${folder}${host}/expected`, Object.fromEntries(output));
});

test('the JSON Schemas are the committed ones', () => {
  const schemas = Object.entries(jsonSchemas()).map(([name, text]) => [`${name}.json`, text] as const);
  compare(`${folder}schemas`, Object.fromEntries(schemas));
});

function compare(expectedFolder: string, output: Tree): void {
  if (update) {
    rmSync(expectedFolder, { recursive: true, force: true });
    plant(expectedFolder, output);
    return;
  }
  const renew = 'if this change is intended, run `npm run golden` and review the diff';
  const expected = survey(expectedFolder);
  expect.soft(Object.keys(output).sort(), renew).toEqual(Object.keys(expected).sort());
  for (const [path, text] of Object.entries(expected)) {
    if (output[path] !== undefined) expect.soft(output[path], `${path} differs: ${renew}`).toBe(text);
  }
}
