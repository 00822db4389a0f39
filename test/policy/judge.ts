import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The decisions of a plugin's fast path alone, for many calls in one process.
 *
 * @param calls as JSON, as the client writes them
 * @returns one letter for each call: P for pass, E for the exact path
 */
export function judgeFast(plugin: string, calls: readonly string[], env: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(plugin, 'hooks/pre-tool-use'), 'utf8')
    .replace(/^exact\(\) \{\n[\s\S]*?^\}$/m, 'exact() { printf E; exit 0; }')
    .replace(/^pass\(\) \{\n[\s\S]*?^\}$/m, 'pass() { printf P; exit 0; }');
  const judge = join(mkdtempSync(join(tmpdir(), 'policy-judge-')), 'judge.sh');
  writeFileSync(judge, `main() {\n${text}\n}\nwhile IFS= read -r line; do ( main <<<"$line" ); done\n`);
  return execFileSync('bash', [judge], {
    input: `${calls.join('\n')}\n`,
    encoding: 'utf8',
    env: { ...env, PATH: process.env.PATH },
    maxBuffer: 1 << 26,
  });
}
