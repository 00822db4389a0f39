/**
 * Bundles the command line into `dist/cli.mjs` (or the folder given). One file starts several
 * times faster than the hundred modules it is made of, and the Nix package then needs nothing but
 * Node. esbuild's WebAssembly build is used because the same file runs on every platform: the hash
 * of the npm dependencies does not depend on the machine.
 */
import { execFileSync } from 'node:child_process';
import { cp, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';
import { bundleHook } from './policy/bundle-hook.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');

const schemaFolder = join(root, 'generators/schema');
const schemaFiles = (await readdir(schemaFolder)).sort();
const allSchemas = `
  ${schemaFiles.map((file, index) => `import * as file${index} from './generators/schema/${file}';`).join('\n')}
  export const schemas = { ${schemaFiles.map((file, index) => `'${file}': file${index}`).join(', ')} };`;

/** What is worked out here once and not at every start: the JSON Schemas, and code in place of the zod schemas. */
const { jsonSchemas, moduleSource, schemas } = await load(`
  export { jsonSchemas } from './generators/output/json-schemas.ts';
  export { moduleSource } from './generators/plain-schemas/module-source.ts';
  ${allSchemas}`);

/** Runs TypeScript here. */
async function load(contents) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** @type {import('esbuild-wasm').Plugin} */
const workedOut = {
  name: 'worked-out',
  setup({ onLoad }) {
    onLoad({ filter: /output\/json-schemas\.ts$/ }, () => ({
      contents: `const made = ${JSON.stringify(jsonSchemas())}; export function jsonSchemas() { return made; }`,
    }));
    onLoad({ filter: /generators\/schema\/[\w-]+\.ts$/ }, ({ path }) => ({
      contents: moduleSource(basename(path), schemas[basename(path)], {
        runtime: '../plain-schemas/plain-schema.ts',
        real: 'real-schemas',
      }),
      resolveDir: schemaFolder,
    }));
  },
};

/** @type {import('esbuild-wasm').Plugin} */
const english = {
  name: 'english',
  setup({ onLoad }) {
    // zod knows forty languages.
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' }));
  },
};

/** A text in place of a module, where that is imported in this way. */
function inPlaceOf(filter, kind, contents) {
  const namespace = String(filter);
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, (found) => (found.kind === kind ? { path: found.path, namespace } : undefined));
      onLoad({ filter, namespace }, () => ({ contents, resolveDir: join(root, 'generators') }));
    },
  };
}

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
  plugins: [
    workedOut,
    inPlaceOf(
      /^real-schemas$/,
      'import-statement',
      `import { createRequire } from 'node:module';
       export function realSchemas() { return createRequire(import.meta.url)('./schemas.cjs').schemas; }`,
    ),
    inPlaceOf(
      /commands\/generate\.ts$/,
      'dynamic-import',
      `import { runCached } from './code-cache.mjs';
       export const { command } = runCached(new URL('./generate.cjs', import.meta.url)).exports;`,
    ),
  ],
  banner: { js: `#!/usr/bin/env node\n${require}` },
});

// The build of a configuration waits for `generate`: one file of its own, which V8 need not compile again. Built-in
// modules come at half the price as CommonJS.
const alone = { ...shared, format: 'cjs', outExtension: { '.js': '.cjs' }, minifyIdentifiers: true };
await build({
  ...alone,
  entryPoints: { 'chunks/generate': 'generators/commands/generate.ts' },
  external: ['./schemas.cjs'],
  plugins: [
    workedOut,
    inPlaceOf(
      /^real-schemas$/,
      'import-statement',
      "export function realSchemas() { return require('./schemas.cjs').schemas; }",
    ),
  ],
});
// The schemas as they are, zod included, for what is wrong.
await build({
  ...alone,
  stdin: { contents: allSchemas, resolveDir: root, sourcefile: 'schemas' },
  entryNames: 'chunks/schemas',
  plugins: [english],
});

// What `preview` shows where there is no configuration to evaluate.
const example = join(root, 'generators/example');
await cp(example, join(outdir, 'example'), { recursive: true });

await bundleHook(outdir);

execFileSync(process.execPath, [
  '--random-seed=1',
  join(root, 'generators/write-code-cache.mjs'),
  join(outdir, 'chunks/generate.cjs'),
  example,
]);
