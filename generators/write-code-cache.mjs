// node --random-seed=1 write-code-cache.mjs FILE EVIDENCE: writes FILE.cache, what V8 has compiled of the command in
// FILE after a run over a folder of evidence. Without a fixed seed V8 would write other bytes each time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCached } from './code-cache.mjs';

const [file, evidence] = process.argv.slice(2);
rmSync(`${file}.cache`, { force: true });
const { exports, script } = runCached(file);
const scratch = mkdtempSync(join(tmpdir(), 'code-cache-'));
await exports.command.run({ values: { in: evidence, out: join(scratch, 'out') }, positionals: [] });
rmSync(scratch, { recursive: true });
writeFileSync(`${file}.cache`, script.createCachedData());
