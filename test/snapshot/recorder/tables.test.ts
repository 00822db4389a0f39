import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recorderShells, renderRecorder } from '../../../generators/snapshot/recorder/tables.ts';

test.each(recorderShells)('recorder.%s has one place for the tables, and they are there', (shell) => {
  const template = readFileSync(
    new URL(`../../../generators/snapshot/recorder/recorder.${shell}`, import.meta.url),
    'utf8',
  );
  const [before, after, ...more] = template.split('\n@tables@\n');
  expect(more).toEqual([]);
  const rendered = renderRecorder(shell, template);
  expect(rendered.startsWith(`${before}\n`) && rendered.endsWith(`\n${after}`)).toBe(true);
  const tables = rendered.slice(`${before}\n`.length, -`\n${after}`.length);
  expect(tables).toMatch(/compose\/up/);
  expect(tables).toMatch(/^(set -g )?__ni_public[= ]' .* git .* '$/m);
});
