import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requires } from '../../requires.ts';

const recorder = fileURLToPath(new URL('../../../dist/recorder.fish', import.meta.url));
const needed = requires('fish');

const long = 'g'.repeat(60);
const plainPrograms = ['git', 'ls', 'wc2', 'make2', 'nixos-rebuild', 'docker', 'sudo'];
const oddPrograms = ['nixos_rebuild', 'git.x', 'git-', 'end', 'if', long, `${long}g`];
const programs = [...plainPrograms, ...oddPrograms];

/** A script's own variables, the folders it may use, and what the recorder wrote: name, subcommand, status, stages. */
function run(script: string, before: (home: string, log: string) => void = () => {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'capture-fish-'));
  const log = path.join(home, 'nixos-intelligence/commands.log');
  const bin = path.join(home, 'bin');
  try {
    mkdirSync(bin);
    for (const name of programs) program(bin, name);
    before(home, log);
    const { stdout, stderr, status } = spawnSync(
      'fish',
      ['-N', '-i', '-c', `function gives; return $argv[1]; end\nset -gx PATH $BIN $PATH\nsource $RECORDER\n${script}`],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          HOME: home,
          XDG_STATE_HOME: home,
          BIN: bin,
          RECORDER: recorder,
          TERM: 'dumb',
          LANG: 'C.UTF-8',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    expect({ status, errors: stderr.replace(/^warning: .*\n/gm, '') }).toEqual({ status: 0, errors: '' });
    const rows = existsSync(log) && statSync(log).isFile() ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
    return {
      stdout,
      rows: rows.filter((row) => row !== '').map(short),
      modes: [log, `${log}.1`].map((file) => (existsSync(file) ? statSync(file).mode & 0o777 : null)),
    };
  } finally {
    rmSync(home, { recursive: true });
  }
}

function program(folder: string, name: string): void {
  writeFileSync(path.join(folder, name), '#!/bin/sh\n');
  chmodSync(path.join(folder, name), 0o755);
}

function short(row: string): string {
  const [day, name, sub, status, took, stages] = row.split('\t');
  expect(day).toMatch(/^\d{5}$/);
  expect(took).toMatch(/^\d+$/);
  return `${name}${sub === '' ? '' : ` ${sub}`} ${status}${stages === '1' ? '' : ` of ${stages}`}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

// The line, its status, and what is written.
const lines: [line: string, status: number, written: string | null][] = [
  ['git status', 0, 'git status 0'],
  ['  git   status  -s', 1, 'git status 1'],
  ['docker compose up -d', 0, 'docker compose up 0'],
  ['docker compose swordfish', 0, 'docker compose 0'],
  ['nixos-rebuild switch', 0, 'nixos-rebuild switch 0'],
  // No list of another tool's: the names of variables are less than those of programs.
  ['nixos_rebuild switch', 0, 'nixos_rebuild 0'],
  ['git.x status', 0, 'git.x 0'],
  ['git- status', 0, 'git- 0'],
  ['git-status status', 127, null],
  // No pattern, no second word of a path, no quoted word is a subcommand.
  ['git *', 0, 'git 0'],
  ['git s*', 0, 'git 0'],
  ['git stat?s', 0, 'git 0'],
  ['git status/x', 0, 'git 0'],
  ["git 'status'", 0, 'git 0'],
  ['git -C swordfish status', 0, 'git 0'],
  ['git status>x', 0, 'git 0'],
  // Quoted text, in which anything may stand.
  ["git commit -m 'x; swordfish | ls'", 0, 'git commit 0'],
  ['git commit -m "x && swordfish"', 1, 'git commit 1'],
  ['git commit -m "it\'s #1" x', 1, 'git commit 1'],
  ["git commit -m 'two\nlines'", 1, 'git commit 1'],
  ["'git' status", 0, null],
  ['g"i"t status', 0, null],
  ['git "$x"', 0, null],
  ['git $x', 0, 'git 0'],
  ["git 'open", 0, null],
  // Groups, substitutions, escapes, several lines.
  ['ls (git status)', 0, null],
  ['ls {a,b}', 0, null],
  ['ls \\; git', 0, null],
  ['ls\ngit status', 0, null],
  ['ls x\ngit status', 0, null],
  ['git status\n', 0, 'git status 0'],
  // Words before the name.
  ['FOO=bar git status', 0, 'git status 0'],
  ["FOO='x ls y' git status", 0, 'git status 0'],
  ['FOO= BAR=$x sudo git status', 0, 'git status 0'],
  ['FOO=bar', 0, null],
  ['sudo -u ls git', 0, 'sudo 0'],
  ['sudo', 1, 'sudo 1'],
  ['time command git status', 0, 'git status 0'],
  // Several commands: the last one's, if it ran.
  ['ls; git status', 1, 'git status 1'],
  ['ls | wc2', 1, 'wc2 1'],
  ['ls && git status', 0, 'git status 0'],
  ['ls && git status', 1, null],
  ['ls && git status | wc2', 1, null],
  ['ls; and git status', 1, null],
  ['ls; and git status', 0, 'git status 0'],
  ['and git status', 1, null],
  ['ls || git status', 0, null],
  ['ls || git status && wc2', 0, 'wc2 0'],
  ['ls && git status || wc2', 0, null],
  ['ls; or git status', 0, null],
  ['ls; or git status | wc2', 0, null],
  ['not git status', 1, null],
  ['! git status', 1, null],
  ['not git status | wc2', 1, null],
  ['ls || git status; wc2', 1, 'wc2 1'],
  ['git status &', 0, null],
  ['if git status; ls; end', 0, null],
  ['for x in git; ls; end', 0, null],
  // Redirections are no second command.
  ['make2 2>&1', 2, 'make2 2'],
  ['make2 2>&1 | wc2', 0, 'wc2 0'],
  ['ls && make2 2>&1 | wc2', 1, null],
  ['ls && make2 &| wc2', 1, null],
  ['make2 &> ls', 2, 'make2 2'],
  // A comment's words are nobody's.
  ['ls # then; git status', 0, 'ls 0'],
  ["ls # it's", 0, 'ls 0'],
  ['make2 a#b; git status', 0, 'git status 0'],
  ['# git status', 0, null],
  // Names.
  ['swordfish', 0, null],
  ['swordfish', 127, null],
  ['ripgrep*', 127, null],
  ['kubectx', 127, 'kubectx 127'],
  ['kubectx', 1, null],
  ['/bin/ls', 0, null],
  ['ls|git', 0, 'git 0'],
  ['ls>git', 0, null],
  [`${long} x`, 0, `${long} 0`],
  [`${long}g x`, 0, null],
  ['', 0, null],
  ['|', 0, null],
];

test.skipIf(needed.missing !== null)(`what fish's recorder takes from a line${needed.why}`, () => {
  const calls = lines.map(
    ([line, status], index) => `gives ${status}\n__ni_postexec ${quoted(line)}\necho \\t${index} >> $__ni_log`,
  );
  // After each line its number. On PATH there is nothing else, so that no program of this machine matters.
  const { stdout } = run(
    `__ni_open\nset -l path $PATH\nset PATH $BIN\n${calls.join('\n')}\nset PATH $path\ncat $__ni_log\necho -n > $__ni_log`,
  );
  const seen = new Map<number, string>();
  let last: string | null = null;
  for (const row of stdout.trimEnd().split('\n')) {
    if (row.startsWith('\t')) {
      seen.set(Number(row), last ?? '');
      last = null;
    } else {
      last = short(row);
    }
  }
  expect(lines.map(([line, status], index) => [line, status, seen.get(index) || null])).toEqual(lines);
});

test.skipIf(needed.missing !== null)(`fish's recorder asks for a program each time${needed.why}`, () => {
  const { rows } = run(`
    mkdir -p $HOME/late
    gives 127; __ni_postexec 'swordfish a'
    printf '#!/bin/sh\\n' > $HOME/late/swordfish; chmod 755 $HOME/late/swordfish
    gives 3; __ni_postexec 'swordfish not on PATH'
    set -p PATH $HOME/late
    gives 4; __ni_postexec 'swordfish on PATH'
    function swordfish; end
    gives 5; __ni_postexec 'swordfish behind a function'
    set -e PATH[1]
    gives 6; __ni_postexec 'swordfish function alone'
    set -p PATH $HOME/late
    gives 7; __ni_postexec 'swordfish again'
    rm $HOME/late/swordfish
    gives 8; __ni_postexec 'swordfish removed, function left'
    functions -e swordfish
    gives 127; __ni_postexec 'swordfish removed'
    alias swordfish=ls
    gives 9; __ni_postexec 'swordfish alias'
    touch $HOME/late/swordfish
    gives 10; __ni_postexec 'swordfish not executable'
  `);
  expect(rows).toEqual(['swordfish 4', 'swordfish 5', 'swordfish 7']);
});

test.skipIf(needed.missing !== null)(`fish's recorder counts stages, and stops where it is told${needed.why}`, () => {
  const { rows } = run(`
    true | true | gives 2
    __ni_postexec 'ls | git log | wc2'
    set -gx NIXOS_INTELLIGENCE_CAPTURE 0
    gives 3; __ni_postexec ls
    set -e NIXOS_INTELLIGENCE_CAPTURE
    gives 4; __ni_postexec ls
  `);
  expect(rows).toEqual(['wc2 2 of 3', 'ls 4']);
});

test.skipIf(needed.missing !== null)(`fish's recorder leaves the variables of the session alone${needed.why}`, () => {
  const names = ['line', 'name', 'head', 'tail', 'first', 'second', 'up', 'rest', 'sub', 'stages', 'list', 'piped'];
  const { rows, stdout } = run(`
    for one in ${names.join(' ')}; set -g $one mine; end
    set -e first
    __ni_postexec 'docker compose up'
    __ni_postexec 'ls'
    for one in ${names.join(' ')}; echo $one $$one; end
  `);
  expect(rows).toEqual(['docker compose up 0', 'ls 0']);
  expect(stdout.trim().split('\n')).toEqual(names.map((name) => (name === 'first' ? name : `${name} mine`)));
});

test.skipIf(needed.missing !== null)(
  `fish's recorder moves a full log aside, and keeps both private${needed.why}`,
  () => {
    const { rows, modes } = run('umask 022; __ni_postexec ls; __ni_postexec "git status"; umask', (_home, log) => {
      mkdirSync(path.dirname(log));
      writeFileSync(log, 'x'.repeat(1_048_577), { mode: 0o600 });
    });
    expect(rows).toEqual(['ls 0', 'git status 0']);
    expect(modes).toEqual([0o600, 0o600]);
  },
);

// A file where the folder should be, for nothing keeps root from writing.
test.skipIf(needed.missing !== null)(`fish's recorder is silent where it cannot write${needed.why}`, () => {
  const blocked = run('__ni_postexec ls; __ni_postexec ls', (home) =>
    writeFileSync(path.join(home, 'nixos-intelligence'), ''),
  );
  expect(blocked.rows).toEqual([]);
  const aFolder = run('__ni_postexec ls; __ni_postexec ls', (_home, log) => mkdirSync(`${log}/x`, { recursive: true }));
  expect(aFolder.rows).toEqual([]);
  const gone = run('__ni_postexec ls; rm -r $HOME/nixos-intelligence; __ni_postexec ls; __ni_postexec git');
  expect(gone.rows).toEqual([]);
});
