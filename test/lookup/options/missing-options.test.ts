import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { command } from '../../../generators/commands/option.ts';
import type { OptionDocs } from '../../../generators/evidence/option-docs.ts';
import { readEvidence } from '../../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../../generators/output/build-output.ts';
import { writeFolder } from '../../../generators/output/write-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'missing-options-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs `option` over the example's output, in whose build these options could not be read. */
async function option(missing: OptionDocs['missing'], name: string): Promise<number> {
  const read = readEvidence(fileURLToPath(new URL('../../../generators/example', import.meta.url)));
  const docs = read.evidence.optionDocs;
  if (docs === undefined) throw new Error('the example has options');
  const folder = join(scratch, String(missing.length));
  writeFolder(folder, buildOutput({ ...read, evidence: { ...read.evidence, optionDocs: { ...docs, missing } } }).files);
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    return await command.run(['--dir', folder, name]);
  } finally {
    write.mockRestore();
  }
}

const missing = [
  {
    what: 'the options of NixOS',
    why: 'their evaluation failed',
    advice: 'the build log of the last rebuild says why',
  },
];

test('an index that lacks options does not say that there is no such option', async () => {
  await expect(option(missing, 'services.nginx.enable')).rejects.toMatchObject({
    status: 2,
    message: 'the index lacks the options of NixOS: services.nginx.enable may be one of them',
    hint: 'the options of NixOS: their evaluation failed; the build log of the last rebuild says why',
  });
});

test('an option that it has is answered all the same', async () => {
  expect(await option(missing, 'services.openssh.enable')).toBe(0);
});

test('a whole index knows what is no option', async () => {
  expect(await option([], 'services.nginx.enable')).toBe(1);
});
