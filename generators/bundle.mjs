/**
 * Bundles the command line into `dist/cli.mjs` (or the folder given). One file starts several
 * times faster than the hundred modules it is made of, and the Nix package then needs nothing but
 * Node. esbuild's WebAssembly build is used because the same file runs on every platform: the hash
 * of the npm dependencies does not depend on the machine.
 */
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';
import { bundleHook } from './policy/bundle-hook.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');

/** In the bundle schemas are built when they are first used: see lazy-zod.ts. Of zod's forty languages, English is kept. */
const lazyZod = {
  name: 'lazy-zod',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, ({ importer }) =>
      importer.endsWith('lazy-zod.ts') ? undefined : { path: join(root, 'generators/lazy-zod.ts') },
    );
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' }));
  },
};

/** The JSON Schemas, made here once by the code that makes them, in place of that code. */
const jsonSchemas = {
  name: 'json-schemas',
  async setup({ onLoad }) {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ['generators/output/json-schemas.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      write: false,
    });
    const code = Buffer.from(outputFiles[0].contents).toString('base64');
    const made = (await import(`data:text/javascript;base64,${code}`)).jsonSchemas();
    onLoad({ filter: /output\/json-schemas\.ts$/ }, () => ({
      contents: `const made = ${JSON.stringify(made)}; export function jsonSchemas() { return made; }`,
    }));
  },
};

await build({
  absWorkingDir: root,
  entryPoints: { cli: 'generators/cli.ts' },
  outdir,
  chunkNames: 'chunks/[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true, // a command loads only its own code
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true, // less to parse at every start; names stay, for the stack of a defect
  plugins: [jsonSchemas, lazyZod],
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    // CommonJS dependencies of dependencies still ask for `require`.
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});

// What `preview` shows where there is no configuration to evaluate.
const example = join(root, 'generators/example');
if (existsSync(example)) await cp(example, join(outdir, 'example'), { recursive: true });

await bundleHook(outdir);
