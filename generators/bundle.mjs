/**
 * Bundles the command line into `dist/` (or the folder given): `cli.mjs`, one chunk per command, the
 * policy hook, the recorders and the example. The Nix package then needs nothing but Node. esbuild's
 * WebAssembly build is used because it is the same file on every platform, so the hash of the npm
 * dependencies does not depend on the machine.
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';
import { bundleHook } from './policy/bundle-hook.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');
await rm(outdir, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: { cli: 'generators/cli.ts', recorder: 'generators/snapshot/recorder/tables.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true, // less to parse at every start; names stay, for stack traces
  legalComments: 'none',
  logLevel: 'warning',
  // In the Nix build node_modules is a link into the store: module names must not hold its target's path.
  preserveSymlinks: true,
  // Some dependencies are CommonJS and call `require`.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});
await bundleHook(outdir);
await cp(join(root, 'generators/example'), join(outdir, 'example'), { recursive: true });

const { recorderShells, renderRecorder } = await import(join(outdir, 'recorder.mjs'));
for (const shell of recorderShells) {
  const template = await readFile(join(root, `generators/snapshot/recorder/recorder.${shell}`), 'utf8');
  await writeFile(join(outdir, `recorder.${shell}`), renderRecorder(shell, template));
}
