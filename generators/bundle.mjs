/**
 * Bundles the command line into `dist/cli.mjs` (or the folder given). One file starts several
 * times faster than the hundred modules it is made of, and the Nix package then needs nothing but
 * Node. esbuild's WebAssembly build is used because the same file runs on every platform: the hash
 * of the npm dependencies does not depend on the machine.
 */
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
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
    // A seventh of zod that nothing here calls; dropped by name, because the namespace is asked for as a whole.
    onLoad({ filter: /zod\/v4\/(?:core\/compile|classic\/from-json-schema)\.js$/ }, async ({ path }) => {
      const names = [...(await readFile(path, 'utf8')).matchAll(/^export (?:const|function|class) (\w+)/gm)];
      return { contents: names.map(([, name]) => `export class ${name} {}`).join('\n') };
    });
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

/** The build of a configuration waits for `generate`: one file of its own starts faster than shared parts. */
const generateApart = {
  name: 'generate-apart',
  setup({ onResolve }) {
    onResolve({ filter: /commands\/generate\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './generate.mjs', external: true } : undefined,
    );
  },
};

/** @type {import('esbuild-wasm').BuildOptions} */
const shared = {
  absWorkingDir: root,
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true, // less to parse at every start; names stay, for the stack of a defect
  legalComments: 'none',
  logLevel: 'warning',
};
// CommonJS dependencies of dependencies still ask for `require`.
const require =
  "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);";

await rm(join(outdir, 'chunks'), { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: { cli: 'generators/cli.ts' },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true, // a command loads only its own code
  plugins: [jsonSchemas, lazyZod, generateApart],
  banner: { js: `#!/usr/bin/env node\n${require}` },
});
await build({
  ...shared,
  entryPoints: { 'chunks/generate': 'generators/commands/generate.ts' },
  minifyIdentifiers: true,
  plugins: [jsonSchemas, lazyZod],
  banner: { js: require },
});

// The list of commands may stand in the entry or in a chunk: `./generate.mjs` is right in both.
await writeFile(join(outdir, 'generate.mjs'), "export { command } from './chunks/generate.mjs';\n");

// What `preview` shows where there is no configuration to evaluate.
const example = join(root, 'generators/example');
if (existsSync(example)) await cp(example, join(outdir, 'example'), { recursive: true });

await bundleHook(outdir);
