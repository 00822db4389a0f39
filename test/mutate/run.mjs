// Changes one line at a time in a copy of the project and runs the tests that should notice.
//   npm run mutate [-- --seed N] [--count N] [--only AREA]
//   AREA: a path prefix, as generators/context or nix
// Prints the survivors and, for each area, how many mutants the tests caught. The working tree is not touched.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { transform } from 'esbuild-wasm';
import { mutantsOf } from './mutants.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
  },
});
/** A run of tests that takes longer hangs, which is noticed too. */
const timeLimit = 15 * 60_000;
const golden = 'test/output/golden.test.ts';
const vitestProgram = 'node_modules/vitest/vitest.mjs';

const copy = mkdtempSync(join(tmpdir(), 'mutate-'));
const copied = spawnSync('sh', [
  '-c',
  'cd "$0" && git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -cf - | tar -C "$1" -xf -',
  project,
  copy,
]);
if (copied.status !== 0) throw new Error(String(copied.stderr));
symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
const git = (...args) => spawnSync('git', ['-C', copy, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
// The Nix tests read the project as a git checkout.
for (const args of [
  ['init', '-q'],
  ['add', '-A'],
  ['commit', '-qm', 'copy'],
])
  git(...args);

let child;
/** Ends the running tests with their workers, which share a process group. */
const stop = () => child?.exitCode === null && process.kill(-child.pid, 'SIGKILL');
const clean = () => rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stop();
    clean();
    process.exit(130);
  });
}

/** Runs Node in the copy. Returns `null` if it succeeds, else the first line that says why. */
function failure(...args) {
  return new Promise((resolve) => {
    child = spawn(process.execPath, args, {
      cwd: copy,
      detached: true,
      env: { ...process.env, CI: '1', NO_COLOR: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const timer = setTimeout(stop, timeLimit);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      if (status === 0) return resolve(null);
      const said = /^ *(?:FAIL|×) +(.*)/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
      resolve(signal === null ? said : `stopped after ${timeLimit / 60_000} minutes`);
    });
  });
}

/** Test files that fail without any mutant on this machine: they notice nothing. */
const useless = new Set(['test/house-style.test.ts']);
const passes = new Set();
async function vitest(...args) {
  for (;;) {
    const exclude = [...useless].flatMap((file) => ['--exclude', file]);
    const common = ['--run', '--bail', '1', '--config', 'test/vitest.config.ts', '--passWithNoTests', ...exclude];
    const why = await failure(vitestProgram, ...args, ...common);
    const file = why === null ? undefined : /test\/\S+\.test\.ts/.exec(why)?.[0];
    if (file === undefined || passes.has(file)) return why;
    const mutated = await withOriginal(() => failure(vitestProgram, 'run', file, '--config', 'test/vitest.config.ts'));
    if (mutated === null) {
      passes.add(file);
      return why;
    }
    console.log(`  left out, as it fails without a mutant: ${file}`);
    useless.add(file);
  }
}

let current;
async function withOriginal(task) {
  const file = join(copy, current.file);
  const mutated = readFileSync(file, 'utf8');
  writeFileSync(file, readFileSync(join(project, current.file)));
  const result = await task();
  writeFileSync(file, mutated);
  return result;
}

/** The folder of tests that mirrors the file's folder or the nearest above it. */
function mirror(file) {
  for (let folder = dirname(file).replace(/^generators/, 'test'); folder !== 'test'; folder = dirname(folder)) {
    if (folder === '.') return undefined;
    if (existsSync(join(copy, folder))) return folder;
  }
  return undefined;
}

/** The test that notices a mutant, quick tests first: golden outputs, the mirrored folder, all that import the file. */
async function caughtBy({ file }) {
  if (file.endsWith('.nix')) return vitest('run', 'test/nix');
  // Tests of the command line run the bundle and import nothing of it.
  const folder = file === 'generators/cli.ts' ? 'test/commands' : mirror(file);
  return (
    (await vitest('run', golden)) ??
    (await failure('generators/bundle.mjs')) ??
    (folder === undefined ? null : await vitest('run', folder)) ??
    (await vitest('related', file, '--exclude', 'test/nix/**'))
  );
}

/** Uniform numbers from a seed: mulberry32. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tables of public facts are data; a changed word there is no defect that a test could know of. */
const isMutated = (file) =>
  file.startsWith(values.only) &&
  ((/^generators\/.*\.ts$/.test(file) && !file.startsWith('generators/data/')) || /^nix\/.*\.nix$/.test(file));
const files = git('ls-files', '-z').stdout.toString().split('\0').filter(isMutated);
const pool = files.flatMap((file) => mutantsOf(file, readFileSync(join(copy, file), 'utf8')));
const random = randomNumbers(Number(values.seed));
const areaOf = ({ file }) =>
  file.startsWith('nix/')
    ? 'nix'
    : file
        .split('/')
        .slice(0, /^generators\/(questions|lang|snapshot)\//.test(file) ? 3 : 2)
        .join('/');
const areas = new Map();
const survivors = [];
await failure('generators/bundle.mjs');

let done = 0;
while (done < Number(values.count) && pool.length > 0) {
  const [mutant] = pool.splice(Math.floor(random() * pool.length), 1);
  const lines = readFileSync(join(copy, mutant.file), 'utf8').split('\n');
  lines[mutant.line - 1] = mutant.after;
  const text = lines.join('\n');
  // A text that does not parse is no mutant.
  if (mutant.file.endsWith('.ts') && !(await transform(text, { loader: 'ts', logLevel: 'silent' }).catch(() => null)))
    continue;
  current = mutant;
  writeFileSync(join(copy, mutant.file), text);
  const why = await caughtBy(mutant);
  writeFileSync(join(copy, mutant.file), readFileSync(join(project, mutant.file)));
  done += 1;
  const area = areas.get(areaOf(mutant)) ?? { mutants: 0, caught: 0 };
  areas.set(areaOf(mutant), { mutants: area.mutants + 1, caught: area.caught + (why === null ? 0 : 1) });
  console.log(
    `${done} ${why === null ? 'SURVIVED' : 'caught'} ${mutant.file}:${mutant.line} (${mutant.kind})${why === null ? '' : `: ${why}`}`,
  );
  if (why === null) {
    survivors.push(mutant);
    console.log(`  - ${mutant.before.trim()}\n  + ${mutant.after.trim()}`);
  }
}
clean();

console.log('\ncaught  mutants  area');
for (const [area, { mutants, caught }] of [...areas].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${String(caught).padStart(6)}  ${String(mutants).padStart(7)}  ${area}`);
const caught = done - survivors.length;
console.log(`\n${caught} of ${done} mutants caught (${((100 * caught) / done).toFixed(0)} %), seed ${values.seed}`);
for (const { file, line, before, after } of survivors)
  console.log(`\nsurvived: ${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`);
