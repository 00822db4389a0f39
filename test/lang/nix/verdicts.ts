import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Nix finds wrong beyond syntax while it parses: this parser leaves that out. */
const beyondSyntax = /undefined variable|already defined|duplicate formal|invalid integer|invalid float/;

/** For each text whether Nix's own parser accepts its syntax. One process a text, four at a time. */
export function nixVerdicts(texts: readonly string[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'nix-verdicts-'));
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.nix`), text);
    const script = `cd "$0" && seq 0 ${texts.length - 1} | xargs -P 4 -I{} sh -c 'nix-instantiate --extra-experimental-features pipe-operators --parse {}.nix >/dev/null 2>{}.err || touch {}.bad'`;
    spawnSync('sh', ['-c', script, folder]);
    return texts.map((_, index) => {
      const error = readFileSync(join(folder, `${index}.err`), 'utf8');
      const failed = spawnSync('test', ['-e', join(folder, `${index}.bad`)]).status === 0;
      return !failed || (beyondSyntax.test(error) && !error.includes('syntax error'));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
