// Runs every other program of this folder, one after the other, and fails if one of them does.
//   npm run bench [-- NAME …]
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTypescript } from '../run-typescript.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);

const failed = [];
for (const file of readdirSync(folder).sort()) {
  const { name, ext } = parse(file);
  if (name === 'run' || !['.ts', '.mjs'].includes(ext) || (wanted.length > 0 && !wanted.includes(name))) continue;
  console.log(`\n${name}`);
  const status = await runTypescript(join(folder, file));
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`\nover their limit: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
