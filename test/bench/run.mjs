// Runs every other program of this folder, one after the other, and fails if one of them does.
//   npm run bench [-- NAME …]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild-wasm';

const folder = fileURLToPath(new URL('.', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
const wanted = process.argv.slice(2);

/** What Node can run: TypeScript is bundled first, and still finds what stands beside its source. */
async function runnable(file) {
  const source = join(folder, file);
  if (!file.endsWith('.ts')) return source;
  const outfile = join(scratch, `${parse(file).name}.mjs`);
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(source).href) },
  });
  return outfile;
}

const failed = [];
for (const file of readdirSync(folder).sort()) {
  const { name, ext } = parse(file);
  if (name === 'run' || !['.ts', '.mjs'].includes(ext) || (wanted.length > 0 && !wanted.includes(name))) continue;
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [await runnable(file)], { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
rmSync(scratch, { recursive: true });
if (failed.length > 0) console.error(`\nover their limit: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
