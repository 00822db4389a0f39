// Runs a TypeScript program on any Node: bundles it first, as Node 20 cannot read types.
//   node test/run-typescript.mjs FILE [ARGUMENTS]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild-wasm';

/**
 * Runs a program with this Node and waits for its end; JavaScript is run as it is.
 *
 * @returns its exit status
 */
export async function runTypescript(file, args = []) {
  const source = resolve(file);
  const scratch = mkdtempSync(join(tmpdir(), 'typescript-'));
  try {
    const program = source.endsWith('.ts') ? await bundle(source, scratch) : source;
    return spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The program still finds what stands beside its source: `import.meta.url` is the source's. */
async function bundle(source, folder) {
  const outfile = join(folder, `${parse(source).name}.mjs`);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file, ...args] = process.argv;
  process.exitCode = await runTypescript(file, args);
}
