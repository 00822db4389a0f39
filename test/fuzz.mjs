// Runs the property tests with a fresh seed and prints it.
//   npm run fuzz [-- NAME …]            files whose path contains a NAME; default: all with properties
//   FUZZ_SEED=123 npm run fuzz          repeats a run
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = join(folder, '..');
const names = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && (names.length === 0 || names.some((name) => file.includes(name))))
  .map((file) => join(folder, file))
  .filter((file) => readFileSync(file, 'utf8').includes("from 'fast-check'"))
  .map((file) => relative(root, file));
if (files.length === 0) {
  console.error('No property tests found.');
  process.exit(2);
}

const seed = process.env.FUZZ_SEED ?? String(randomInt(2 ** 31));
console.log(`seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'test/vitest.config.ts', ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SEED: seed },
});
if (status !== 0) console.error(`Failed with seed ${seed}. To repeat the run: FUZZ_SEED=${seed} npm run fuzz`);
process.exitCode = status ?? 1;
