// Runs every other .mjs of this folder, one after the other, and fails if one of them does.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'run.mjs');
const failed = names.sort().filter((name) => {
  console.log(`\n${name}`);
  return spawnSync(process.execPath, [`${folder}${name}`], { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`\nover their limit: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
