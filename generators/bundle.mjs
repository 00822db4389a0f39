/**
 * Bundles the command line into `dist/cli.mjs` (or the folder given). One file starts several
 * times faster than the hundred modules it is made of, and the Nix package then needs nothing but
 * Node. esbuild's WebAssembly build is used because the same file runs on every platform: the hash
 * of the npm dependencies does not depend on the machine.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';

const root = fileURLToPath(new URL('..', import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: { cli: 'generators/cli.ts' },
  outdir: process.argv[2] ?? 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true, // a command loads only its own code
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    // CommonJS dependencies of dependencies still ask for `require`.
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});
