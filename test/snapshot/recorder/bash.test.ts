import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requires } from '../../requires.ts';
import { readyMark, typeAtPrompts } from '../shell/type-at-prompts.ts';

const recorder = fileURLToPath(new URL('../../../dist/recorder.bash', import.meta.url));
const needed = requires('bash', 'script');

interface Setup {
  /** The start-up file's commands before and after the recorder. */
  before?: string;
  after?: string;
  recorder?: boolean;
}

/** Types lines into bash on a terminal. Returns what the recorder wrote, and what the lines wrote to `$HOME/out`. */
async function type(lines: readonly string[], setup: Setup = {}): Promise<{ rows: string[]; out: string[] }> {
  const home = mkdtempSync(path.join(tmpdir(), 'capture-bash-'));
  try {
    const file = path.join(home, '.bashrc');
    const source = setup.recorder === false ? '' : `source '${recorder}'`;
    writeFileSync(
      file,
      `${setup.before ?? ''}\n${source}\n${setup.after ?? ''}\nPS1='\\[${readyMark}\\]' PS2=\nset +o histexpand\n`,
    );
    await typeAtPrompts('bash', `--rcfile '${file}' -i`, lines, { folder: home });
    const log = path.join(home, '.local/state/nixos-intelligence/commands.log');
    const out = path.join(home, 'out');
    return {
      rows: existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').map(short) : [],
      out: existsSync(out)
        ? readFileSync(out, 'utf8').replaceAll(path.basename(home), 'home').trimEnd().split('\n')
        : [],
    };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function short(row: string): string {
  const [, name, sub, status, , stages] = row.split('\t');
  return `${name}${sub === '' ? '' : ` ${sub}`} ${status}${stages === '1' ? '' : ` of ${stages}`}`;
}

// Each line, and what is written.
const statuses: [line: string, written: string | null][] = [
  ['ls nosuch', 'ls 2'],
  ['! grep q /dev/null', null],
  ['! true', null],
  ['if ls; then true; fi', null],
  ['if ls\nthen true; fi', null],
  ['for i in 1 2; do ls; done', null],
  ['while false; do ls; done', null],
  ['case x in x) ls;; esac', null],
  ['[[ -n a && -n ls ]]', null],
  ['ls &', null],
  ['wait', null],
  ['ls nosuch & grep q /dev/null', 'grep 1'],
  ['false | cat', 'cat 0 of 2'],
  ['set -o pipefail', null],
  ['false | cat', 'cat 0 of 2'],
  ['ls | grep q', 'grep 1 of 2'],
  ['set +o pipefail', null],
  ['ls && grep q /dev/null', null],
  ['ls || grep q /dev/null', null],
  ['ls nosuch && grep q /dev/null || true', null],
  ['ls nosuch || ls && cat /dev/null', 'cat 0'],
  ['ls; grep q /dev/null', 'grep 1'],
  ['ls nosuch;', 'ls 2'],
  ['time ls nosuch', 'ls 2'],
  ['time ! grep q /dev/null', null],
  ['ls nosuch 2>&1', 'ls 2'],
  ['ls nosuch &> /dev/null', 'ls 2'],
  ['ls nosuch 2>/dev/null |& cat', 'cat 0 of 2'],
  ['ls nosuch >| /dev/null', 'ls 2'],
  ["grep 'a | b; c' /dev/null", 'grep 1'],
  ['grep "a && b" /dev/null # ; ls', 'grep 1'],
  ['ls nosuch#1', 'ls 2'],
  ['# ls', null],
  ["ls 'a\nb'", null],
  ['ls $(true)', null],
  ['(ls nosuch)', null],
  ['{ ls nosuch; }', null],
  ['f() { ls nosuch; }', null],
  ['f', null],
  ['FOO=bar ls nosuch', 'ls 2'],
  ['alias g=grep', null],
  ['g q /dev/null', 'grep 1'],
  ["alias h='ls | cat'", null],
  ['h', null],
  ['nosuchcommand', null],
  ['kubectx', 'kubectx 127'],
];

test.skipIf(needed.missing !== null)(`bash's recorder writes a status that is the command's${needed.why}`, async () => {
  const { rows } = await type(statuses.map(([line]) => line));
  expect(rows).toEqual(statuses.flatMap(([, written]) => written ?? []));
});

const observed = [
  'mkdir -p x && cd $_; echo ${PWD##*/} >> ~/out; cd ~',
  'echo a last',
  'echo "$_" >> ~/out',
  'ls nosuch',
  'echo $? >> ~/out',
  'false | true | false',
  'echo ${PIPESTATUS[@]} >> ~/out',
  'trap -p DEBUG >> ~/out',
  'echo $HISTCONTROL >> ~/out',
  'ls',
  ' ls hidden',
  'history | grep -c "ls " >> ~/out',
  'set -e',
  '! true',
  'echo alive >> ~/out',
  'set +e',
  'set -u',
  'echo nounset >> ~/out',
  'set +u',
  'set -o functrace',
  'echo $- >> ~/out',
];

/** As starship's, zoxide's and direnv's start-up files hook into bash, and as users do. */
const hooks: Record<string, string> = {
  nothing: '',
  'a DEBUG trap': `trap 'echo "$BASH_COMMAND" >> ~/traced' DEBUG`,
  'a DEBUG trap that keeps $_': `dbg() { traced+=x; }; trap 'dbg "$_"' DEBUG`,
  'HISTCONTROL=ignorespace': 'HISTCONTROL=ignorespace',
  'HISTCONTROL=ignoreboth': 'HISTCONTROL=ignoreboth',
  'PROMPT_COMMAND as text': `PROMPT_COMMAND='history -a'`,
  'PROMPT_COMMAND before what is there': `PROMPT_COMMAND="history -a; $PROMPT_COMMAND"`,
  'PROMPT_COMMAND after what is there': 'PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND;}history -a"',
  'PROMPT_COMMAND as array': 'hook() { true; }; PROMPT_COMMAND=(hook "${PROMPT_COMMAND[@]}")',
  'PROMPT_COMMAND replaced by a hook that runs it':
    'kept=$PROMPT_COMMAND; hook() { true; eval "$kept"; }; PROMPT_COMMAND=hook',
  PS0: `PS0='\${x:$((y = 1, 0)):0}'`,
};

test.skipIf(needed.missing !== null).each(Object.keys(hooks))(
  `beside %s bash is as without the recorder, in both load orders${needed.why}`,
  async (name) => {
    const hook = hooks[name] ?? '';
    const { out } = await type(observed, { after: hook, recorder: false });
    expect(out).toContain('alive');
    for (const setup of [{ before: hook }, { after: hook }]) {
      const { out: beside, rows } = await type(observed, setup);
      expect(beside, JSON.stringify(setup)).toEqual(out);
      expect(rows, JSON.stringify(setup)).toContain('ls 2');
    }
  },
);

test.skipIf(needed.missing !== null)(`what the history leaves out is not written${needed.why}`, async () => {
  const lines = ['ls', ' grep q /dev/null', 'ls', 'ls', 'cat /dev/null'];
  expect((await type(lines, { before: 'HISTCONTROL=ignorespace' })).rows).toEqual(['ls 0', 'ls 0', 'ls 0', 'cat 0']);
  expect((await type(lines, { before: 'HISTCONTROL=ignoredups' })).rows).toEqual([
    'ls 0',
    'grep 1',
    'ls 0',
    'ls 0',
    'cat 0',
  ]);
  // A repetition looks like a hidden line here.
  expect((await type(lines, { before: 'HISTCONTROL=ignoreboth' })).rows).toEqual(['ls 0', 'cat 0']);
  expect((await type(lines, { before: 'HISTCONTROL=erasedups' })).rows).toEqual([
    'ls 0',
    'grep 1',
    'ls 0',
    'ls 0',
    'cat 0',
  ]);
  expect((await type(lines, { before: "HISTIGNORE='ls'" })).rows).toEqual(['grep 1', 'cat 0']);
  expect((await type(['ls', 'set +o history', 'cat /dev/null'])).rows).toEqual(['ls 0']);
});

test.skipIf(needed.missing !== null)(`PROMPT_COMMAND and PS0 do not grow${needed.why}`, async () => {
  const edit = 'PROMPT_COMMAND="true; $PROMPT_COMMAND"';
  const size = 'echo ${#PROMPT_COMMAND[@]} ${#PS0} >> ~/out';
  const { out, rows } = await type([edit, size, ...Array.from({ length: 10 }, () => 'ls nosuch'), size]);
  expect(out[1]).toBe(out[0]);
  expect(rows).toEqual(Array.from({ length: 10 }, () => 'ls 2'));
});
