/**
 * Bundles the command line into `dist/cli.cjs` (or the folder given). One file starts several
 * times faster than the hundred modules it is made of, and the Nix package then needs nothing but
 * Node. esbuild's WebAssembly build is used because the same file runs on every platform: the hash
 * of the npm dependencies does not depend on the machine.
 */
import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';
import { bundleHook } from './policy/bundle-hook.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');

const schemaFolder = join(root, 'generators/schema');
const schemaFiles = (await readdir(schemaFolder)).sort();
const commandFiles = (await readdir(join(root, 'generators/commands'))).filter(
  (file) => file.endsWith('.ts') && file !== 'generate.ts',
);
const allSchemas = `
  ${schemaFiles.map((file, index) => `import * as file${index} from './generators/schema/${file}';`).join('\n')}
  export const schemas = { ${schemaFiles.map((file, index) => `'${file}': file${index}`).join(', ')} };`;

/** What is worked out here once and not at every start: the JSON Schemas, and code in place of the zod schemas. */
const { jsonSchemas, moduleSource, recorderShells, renderRecorder, schemas } = await load(`
  export { jsonSchemas } from './generators/output/json-schemas.ts';
  export { moduleSource } from './generators/plain-schemas/module-source.ts';
  export { recorderShells, renderRecorder } from './generators/capture/tables.ts';
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

/** The schemas as they are, zod included, lie one folder above whatever asks for them. */
const realSchemas = inPlaceOf(
  /^real-schemas$/,
  "export function realSchemas() { return require('../schemas.cjs').schemas; }",
);

/** A text in place of a module. @returns {import('esbuild-wasm').Plugin} */
function inPlaceOf(filter, contents) {
  const namespace = String(filter);
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace }));
      onLoad({ filter, namespace }, () => ({ contents, resolveDir: join(root, 'generators') }));
    },
  };
}

/** The commands are files of their own, loaded when they are called. @type {import('esbuild-wasm').Plugin} */
const commandsApart = {
  name: 'commands-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/commands\/[\w-]+\.ts$/ }, ({ path }) => ({
      path: path.replace(/\.ts$/, '.mjs'),
      external: true,
    }));
  },
};

/** @type {import('esbuild-wasm').BuildOptions} */
const shared = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true, // less to parse at every start; names stay, for the stack of a defect
  legalComments: 'none',
  logLevel: 'warning',
};
/** Starts faster than an ES module, and built-in modules come at half the price. */
const commonJs = { ...shared, format: 'cjs', outExtension: { '.js': '.cjs' } };

for (const folder of ['chunks', 'commands']) await rm(join(outdir, folder), { recursive: true, force: true });
await build({
  ...commonJs,
  entryPoints: { cli: 'generators/cli.ts' },
  plugins: [
    inPlaceOf(
      /^\.\/commands\/generate\.ts$/,
      `import { runCached } from './code-cache.mjs';
       export const { command } = runCached(__dirname + '/commands/generate.cjs').exports;`,
    ),
    commandsApart,
  ],
  banner: { js: '#!/usr/bin/env node' },
});
await build({
  ...shared,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  entryPoints: commandFiles.map((file) => join('generators/commands', file)),
  outbase: 'generators',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  plugins: [workedOut, realSchemas],
  external: ['../schemas.cjs'],
  // CommonJS dependencies of dependencies still ask for `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});
// The build of a configuration waits for this one.
await build({
  ...commonJs,
  entryPoints: { 'commands/generate': 'generators/commands/generate.ts' },
  plugins: [workedOut, realSchemas],
  external: ['../schemas.cjs'],
  minifyIdentifiers: true,
});
await build({
  ...commonJs,
  stdin: { contents: allSchemas, resolveDir: root },
  entryNames: 'schemas',
  minifyIdentifiers: true,
  // Of zod's forty languages, English is kept.
  plugins: [inPlaceOf(/^\.\.\/locales\/index\.js$/, 'export {}')],
});

// What `preview` shows where there is no configuration to evaluate.
const example = join(root, 'generators/example');
await cp(example, join(outdir, 'example'), { recursive: true });

await bundleHook(outdir);

// What the shells source where `capture` is enabled.
for (const shell of recorderShells) {
  const template = await readFile(join(root, `generators/capture/recorder.${shell}`), 'utf8');
  await writeFile(join(outdir, `recorder.${shell}`), renderRecorder(shell, template));
}

execFileSync(process.execPath, [
  '--random-seed=1',
  join(root, 'generators/write-code-cache.mjs'),
  join(outdir, 'commands/generate.cjs'),
  example,
]);
