// Look-ups as whole processes against a bare `node -e 0`, in turn; medians of one run. NODES=PATH,PATH measures
// other versions of Node than the current one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at } from '../../generators/at.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { writeFolder } from '../../generators/output/write-folder.ts';
import { randomEvidence } from '../questions/dependency-graph/closure-evidence.ts';

const maxRatio = 2;
const rounds = 21;
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const output = mkdtempSync(join(tmpdir(), 'lookups-bench-'));
const nodes = process.env.NODES?.split(',') ?? [process.execPath];

// The size of a desktop.
const size = { paths: 3_000, edges: 20_000, packages: 200, options: 40, base: 60, whole: true };
const evidence = randomEvidence(1, size);
const { files } = buildOutput({ evidence, settings: defaultSettings, inputs: [], missing: [], rejected: [] });
writeFolder(output, files);

const commands = {
  bare: ['-e', '0'],
  why: [cli, 'why', '--dir', output, 'some-package7'],
  cost: [cli, 'cost', '--dir', output],
  'cost NAME': [cli, 'cost', '--dir', output, 'package0007'],
};

/** Milliseconds from the start of a process to its end. */
function time(node: string, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(node, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return at(
    values.toSorted((a, b) => a - b),
    values.length >> 1,
  );
}

console.log(`look-ups over ${size.paths} store paths, times a bare node (at most ${maxRatio})`);
for (const node of nodes) {
  const times = Object.entries(commands).map(([name, args]) => ({ name, args, milliseconds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { args, milliseconds } of times) milliseconds.push(time(node, args));
  }
  const [bare = 0, ...medians] = times.map(({ milliseconds }) => median(milliseconds));
  const ratios = medians.map((milliseconds) => milliseconds / bare);
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const figures = ratios.map((ratio, index) => `${at(times, index + 1).name} ${ratio.toFixed(2)}`);
  console.log(`  ${version}: bare ${bare.toFixed(0)} ms, ${figures.join(', ')}`);
  if (ratios.some((ratio) => ratio > maxRatio)) process.exitCode = 1;
}
rmSync(output, { recursive: true });
