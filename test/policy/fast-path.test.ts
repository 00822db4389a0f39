import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ToolCall } from '../../generators/policy/call.ts';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { callJson, escaped } from './calls.ts';
import { judgeFast } from './judge.ts';
import { pluginFolder } from './plugin-folder.ts';
import { allDefaults, policiesWith } from './policies.ts';
import { readTable, tableEnv, tableWorld } from './table.ts';

const rows = ['commands', 'bypasses', 'everyday', 'benign'].flatMap(readTable).map(({ call }) => call);
let plugin: string;

beforeAll(async () => {
  plugin = await pluginFolder(allDefaults);
});

const judged = (calls: readonly string[]): string => judgeFast(plugin, calls, tableEnv);

/** Calls that the fast path lets pass although the exact path decides something. */
function wrong(calls: readonly ToolCall[], answers: string): ToolCall[] {
  return calls.filter(
    (call, index) => answers[index] === 'P' && decide(call, allDefaults, tableWorld).decision !== null,
  );
}

describe('the fast path', () => {
  test('decides every row of the tables as the exact path does', () => {
    const answers = judged(rows.map(({ tool, input }) => callJson(tool, input)));
    expect(answers).toHaveLength(rows.length);
    expect(wrong(rows, answers)).toEqual([]);
  });

  test('lets no call pass that contains an escaped character', () => {
    expect(judged(rows.map(({ tool, input }) => escaped(callJson(tool, input))))).toBe('E'.repeat(rows.length));
    const unescaped = JSON.parse(escaped(callJson('Bash', { command: 'rm -rf ~' })));
    expect(unescaped.tool_input.command).toBe('rm -rf ~');
  });

  test('answers at least half of the benign calls', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-benign-'));
    for (const name of ['src/components', 'config', 'test']) mkdirSync(join(folder, name), { recursive: true });
    const calls = readTable('benign').map(({ call: { tool, input } }) =>
      callJson(tool, JSON.parse(JSON.stringify(input).replaceAll('/home/ann/app', folder)), folder),
    );
    const answers = [...judged(calls)];
    const passed = answers.filter((answer) => answer === 'P').length;
    if (process.env.SHOW_EXACT) console.log(calls.filter((_, index) => answers[index] === 'E').join('\n'));
    expect(passed / calls.length).toBeGreaterThan(0.5);
  });

  test('decides 10,000 generated commands as the exact path does', () => {
    const calls = generated(10_000).map((command) => ({ tool: 'Bash', input: { command } }));
    const answers = judged(calls.map(({ tool, input }) => callJson(tool, input)));
    expect(answers).toHaveLength(calls.length);
    expect(wrong(calls, answers)).toEqual([]);
    // The fast path must also be useful.
    expect([...answers].filter((answer) => answer === 'P').length).toBeGreaterThan(500);
  });

  test.each([
    'git status',
    'npm test 2>&1 | tail -5',
    'cargo build --release && cargo test',
    'cd src && npm run lint',
    'git commit --amend --no-edit ; git log --oneline -5',
    'git commit -m "Fix the parser" && git log --oneline -3',
    'rg -n \'use "strict"\' | head -20',
    'npm run lint 2>/dev/null | tail -n 5',
    'cd /home/ann/app && cargo test --all',
  ])('answers by itself: %s', (command) => {
    expect(judged([callJson('Bash', { command, description: 'Do it' })])).toBe('P');
  });

  test('decides as the exact path does with rules about paths of the user’s own', async () => {
    const rule = { command: null, subcommand: null, flags: null, tool: null, instead: null, reason: 'No.' };
    const policies = policiesWith({
      rules: {
        work: { ...rule, path: ['~/work/**'], decision: 'block' },
        states: { ...rule, path: ['*.tfstate'], decision: 'ask' },
      },
    });
    const folder = await pluginFolder(policies);
    const lines = generated(2000, ' work work/site ../work x.tfstate src/x.tfstate /home/ann/work/a wc rmdir touch');
    for (const cwd of ['/home/ann/app', '/home/ann/work/site']) {
      const world = worldOf(cwd, tableEnv);
      const answers = judgeFast(
        folder,
        lines.map((command) => callJson('Bash', { command }, cwd)),
        tableEnv,
      );
      const lost = lines.filter(
        (command, index) =>
          answers[index] === 'P' && decide({ tool: 'Bash', input: { command } }, policies, world).decision !== null,
      );
      expect(lost).toEqual([]);
      const passed = [...answers].filter((answer) => answer === 'P').length;
      if (cwd.endsWith('app')) expect(passed).toBeGreaterThan(100);
      else expect(passed).toBe(0);
    }
  });

  test('a file passes if no folder on its path is a link', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-files-'));
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    symlinkSync('/nix/store/x-home-manager-files/a', join(folder, 'generated'));
    const answers = judged([
      callJson('Write', { file_path: join(folder, 'real/a.txt'), content: 'x' }),
      callJson('Write', { file_path: join(folder, 'linked/a.txt'), content: 'x' }),
      callJson('Edit', { file_path: join(folder, 'generated'), old_string: 'a', new_string: 'b' }),
      callJson('Write', { file_path: '/nix/store/x/y', content: '' }),
      callJson('Write', { file_path: '/home/ann/.config/git/config', content: '' }),
      callJson('Read', { file_path: join(folder, 'real/a.txt') }),
      callJson('Read', { file_path: join(folder, 'real/.env') }),
      callJson('Read', { file_path: join(folder, 'missing/a.txt') }),
      callJson('mcp__linear__list_issues', { query: 'x' }),
      callJson('mcp__github__list_issues', { query: 'x' }),
      callJson('mcp__files__read', { path: '/home/ann/.env' }),
    ]);
    expect(answers).toBe('PEEEEPEEPEE');
  });

  test('a Write of 1 MB is read to its end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-files-'));
    const input = callJson('Write', { file_path: join(folder, 'a.txt'), content: 'a"\n'.repeat(350_000) });
    const { status, stdout, error } = spawnSync(join(plugin, 'hooks/pre-tool-use'), { input, encoding: 'utf8' });
    expect({ status, stdout, error }).toEqual({ status: 0, stdout: '', error: undefined });
  });
});

/** Lines of words that the rules look at and other words; the same lines for the same seed. */
function generated(count: number, more = ''): string[] {
  const words = (
    'rm grep find ls cat git npm pip nix sudo env xargs sh bash push install status test run build -rf -la -r -n -g --force -c main ~ / /* . .. src .env file.txt ~/.ssh/id_rsa node_modules "$HOME" $x \'a b\' "c d" x=rm cd head tail -5 2>&1 >out /nix/store/x/y config.json cargo make docker curl https://a.b/c echo foo bar README.md origin -f -d curl profile nix-collect-garbage mkfs.ext4 /dev/sda dd of=/dev/sda tee sed -i s/a/b/g kubectl delete compose down -v reset --hard checkout branch -D python3 -m node -e global exec volume "drop table" gh auth token env npx terraform destroy stash drop .e""nv if for time npx FOO=1 aws s3 rb echo' +
    more
  ).split(' ');
  const joints = [' ', ' ', ' ', ' ', ' && ', ' | ', ' ; ', ' || ', '|', ' & '];
  let state = Math.abs(Number(process.env.FUZZ_SEED ?? 42));
  const pick = <T>(list: readonly T[]): T => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return list[Math.floor((state / 2147483648) * list.length)] as T;
  };
  const plain =
    'git npm status test run build -la -n cargo echo foo bar README.md && | ; tail -5 2>&1 cd src log --oneline'.split(
      ' ',
    );
  return Array.from({ length: count }, (_, index) => {
    const length = 1 + (index % 7);
    if (index % 3 === 0) return Array.from({ length: length + 1 }, () => pick(plain)).join(' ');
    let line = pick(words);
    for (let at = 1; at < length; at++) line += pick(joints) + pick(words);
    return line;
  });
}
