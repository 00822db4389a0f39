import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellHistory } from '../../../generators/evidence/shell-history.ts';
import { readAliases } from '../../../generators/snapshot/shell/aliases.ts';
import { knownNames } from '../../../generators/snapshot/shell/known-names.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { requires } from '../../requires.ts';
import { type Format, formats, needsSqlite, type Typed, writeHistory } from './write-history.ts';

const sqlite = requires('sqlite3');
const start = Date.parse('2026-05-01T08:00:00Z') / 1000;

// Unlikely in any output, so that a part of one found there is a leak.
const token = fc
  .array(fc.constantFrom(...'bcdfghjkpqvwxzBCDFGHJKPQVWXZ0123456789'), { minLength: 10, maxLength: 24 })
  .map((letters) => letters.join(''));
const plainWord = fc.constantFrom(
  'swordfish',
  'tangerine',
  'mississippi',
  'correcthorse',
  'hunter2',
  'Überraschung',
  'пароль',
);
const canary = fc.oneof(
  token,
  token.map((text) => `ghp_${text}`),
  token.map((text) => `${text}@host.example`),
  plainWord,
);

/** Where a secret can stand in what is typed. C is the secret. */
const places = [
  'C',
  'C status',
  'git C',
  'git commit -m "C"',
  'git -C /C status',
  'docker C ps',
  'docker compose C up',
  'FOO=C make',
  'env A=C make',
  'export TOKEN=C',
  'set -x TOKEN C',
  'echo C | sudo -S C',
  'curl -H "Authorization: C" https://C.example/C',
  'mysql -pC',
  'ssh C@C.example C',
  'cat /home/C/C',
  '/home/C/bin/C --x',
  '/C/bin/C x',
  './C',
  'C() { ls C; }',
  'function C; ls; end',
  'alias C="ls C"',
  'alias C ls',
  'alias ll C',
  'for C in C; do C; done',
  'ls | C | wc',
  'C && C || C',
  'sudo C',
  'xargs C',
  'nix run nixpkgs#C',
  'nix-shell -p C --run C',
  'bash -c "C C"',
  "fish -c 'C C'",
  'eval C',
  'find . -exec C {} ;',
  'echo $(C) `C`',
  'cat <<C\nC\nC',
  'echo "C',
  'C\\\nC',
  'kubectl -n C get C',
  '# C',
  'git.C',
  'C=1',
  'git\tC',
  'make C # C',
  'ls > C',
  'cat C | grep C',
] as const;

const ordinary = ['git status', 'ls -la | wc -l', 'sudo systemctl restart x', 'rg foo', 'git commit -m x'];

function hits(output: string, secret: string): string[] {
  const text = output.toLowerCase();
  const forms = [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    [...secret].reverse().join(''),
    JSON.stringify(secret).slice(1, -1),
  ];
  const found = forms.filter((form) => text.includes(form.toLowerCase()));
  // Parts of what is no word: any six characters in a row.
  const bare = secret.replace(/^ghp_|@host\.example$/g, '');
  if (/^[bcdfghjkpqvwxz0-9]{10,}$/i.test(bare)) {
    for (let at = 0; at + 6 <= bare.length; at++) {
      const part = bare.slice(at, at + 6).toLowerCase();
      if (text.includes(part) && !/^\d+$/.test(part)) found.push(part);
    }
  }
  return found;
}

async function snapshotOf(format: Format, lines: Typed, secret: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  try {
    const log = path.join(folder, 'commands.log');
    // The recorder's file is the user's: anything may stand in it.
    writeFileSync(log, [`20575\t${secret}\t\t1\t5\t1`, `20575\tgit\t${secret}\t1\t5\t1`, `${secret}`, ''].join('\n'));
    writeFileSync(path.join(folder, '.bashrc'), `alias ${secret}=ls\nalias ll=${secret}\n`);
    writeFileSync(path.join(folder, '.zshrc'), `alias ${secret}=ls\nalias ll=${secret}\n`);
    const snapshot = await takeShellHistory({
      histories: [writeHistory(folder, format, lines)],
      known: knownNames({ home: folder, user: 'ann', path: process.env.PATH ?? '', profiles: [] }, [], []),
      aliases: readAliases(folder, {}, null),
      host: null,
      loginShell: 'fish',
      takenOn: '2026-06-30',
      since: null,
      captureLog: log,
    });
    return JSON.stringify(shellHistory.parse(snapshot));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const runs = Number(process.env.SECRETS_RUNS ?? 40);

for (const format of formats) {
  const needed = needsSqlite(format) ? sqlite : { missing: null, why: '' };
  test.skipIf(needed.missing !== null)(`no secret gets out of a history: ${format}${needed.why}`, async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(canary, fc.shuffledSubarray([...places], { minLength: 12 }), async (secret, chosen) => {
        const lines: { text: string; time: number; exit: number }[] = [];
        for (let day = 0; day < 10; day++) {
          for (const [row, place] of [...chosen, ...ordinary].entries()) {
            // fish keeps a line once: a number makes each use a line of its own.
            const unique = format === 'fish' ? `; true ${day}` : '';
            lines.push({
              text: place.replaceAll('C', secret) + (place.includes('\n') || place.includes('#') ? '' : unique),
              time: start + day * 86_400 + row * 30,
              exit: row % 3,
            });
          }
        }
        tried += lines.length;
        const output = await snapshotOf(format, lines, secret);
        expect(hits(output, secret)).toEqual([]);
        // What stands beside the secrets survives (bash without stamps may join lines to an open quote).
        const { commands } = JSON.parse(output) as { commands: { name: string; uses: number }[] };
        for (const name of ['git', 'rg', 'systemctl', 'wc']) {
          expect(commands.find((one) => one.name === name)?.uses ?? 0, name).toBeGreaterThanOrEqual(
            format === 'bash plain' ? 1 : 10,
          );
        }
      }),
      { numRuns: runs },
    );
    console.log(`${format}: ${tried} lines tried, 0 secrets found`);
  });
}
