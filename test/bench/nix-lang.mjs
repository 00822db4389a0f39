// Megabytes of Nix source read a second, and that against reading them as bytes into strings.
// node test/bench/nix-lang.mjs [FOLDER…]
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild-wasm';

const corpus = process.env.NIXOS_INTELLIGENCE_CORPUS ?? join(homedir(), '.cache/nix-world/src');
const folders = process.argv.slice(2);
if (folders.length === 0)
  folders.push(...['nixos-tree', 'home-manager', 'nixpkgs-lib'].map((name) => join(corpus, name)));
const present = folders.filter((folder) => existsSync(folder));
if (present.length === 0) {
  console.log('nix-lang: skipped, no clones in NIXOS_INTELLIGENCE_CORPUS');
  process.exit(0);
}

const scratch = mkdtempSync(join(tmpdir(), 'nix-lang-bench-'));
const outfile = join(scratch, 'parse.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('../../generators/lang/nix/parse.ts', import.meta.url))],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
});
const { parse } = await import(pathToFileURL(outfile).href);
rmSync(scratch, { recursive: true });

const buffers = present
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.nix') && !file.includes('/.git/'))
  .flatMap((file) => {
    try {
      return [readFileSync(file)];
    } catch {
      return [];
    }
  });
const bytes = buffers.reduce((sum, { length }) => sum + length, 0);
const texts = buffers.map((buffer) => buffer.toString());
for (const text of texts.slice(0, 200)) parse(text);

const runs = [0, 1, 2].map(() => {
  const start = performance.now();
  let broken = 0;
  for (const text of texts) if (parse(text).problems.length > 0) broken += 1;
  return { seconds: (performance.now() - start) / 1000, broken };
});
const decodeStart = performance.now();
let characters = 0;
for (const buffer of buffers) characters += buffer.toString().split('\n').length;
const decode = (performance.now() - decodeStart) / 1000;
const best = Math.min(...runs.map(({ seconds }) => seconds));
console.log(
  `nix-lang: ${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${runs[0].broken} not accepted; ` +
    `${(bytes / 1e6 / best).toFixed(1)} MB/s, ${(best / decode).toFixed(1)} times decoding and splitting into ${characters} lines`,
);
