import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recorderShells, renderRecorder } from '../../generators/capture/tables.ts';

// Repair: npx vitest run --config test/vitest.config.ts test/capture/tables.test.ts -u
test.each(recorderShells)('nix/capture/recorder.%s is made of its template and the tables of today', async (shell) => {
  const template = readFileSync(new URL(`../../generators/capture/recorder.${shell}`, import.meta.url), 'utf8');
  expect(template).toContain('\n@tables@\n');
  await expect(renderRecorder(shell, template)).toMatchFileSnapshot(`../../nix/capture/recorder.${shell}`);
});
