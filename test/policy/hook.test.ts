import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../generators/policy/answer.ts';
import type { Policies } from '../../generators/policy/schema.ts';
import { callJson, escaped } from './calls.ts';
import { pluginFolder } from './plugin-folder.ts';
import { allDefaults, policiesWith } from './policies.ts';

let plugin: string;
/** Of calls of a home that does not exist. */
const state = mkdtempSync(join(tmpdir(), 'policy-state-'));
beforeAll(async () => {
  plugin = await pluginFolder(allDefaults);
});

function run(input: string, env: Record<string, string> = {}, folder = plugin) {
  const { status, stdout } = spawnSync(join(folder, 'hooks/pre-tool-use'), {
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: '/home/ann',
      ...(env.HOME === undefined ? { XDG_STATE_HOME: state } : {}),
      ...env,
    },
  });
  return { status, ...(stdout === '' ? {} : JSON.parse(stdout).hookSpecificOutput) };
}

describe('the hook as the client starts it', () => {
  test.each([
    ['rm -rf ~', 'ask'],
    ['nix-env -iA nixpkgs.jq', 'deny'],
    ['cat .env', 'deny'],
    ['git status', undefined],
    ['npm test 2>&1 | tail -3', undefined],
    ['ps aux | grep node', undefined],
  ])('%s: %s', (command, decision) => {
    const plain = run(callJson('Bash', { command }));
    expect(plain).toMatchObject({ status: 0 });
    expect(plain.permissionDecision).toBe(decision);
    expect(run(escaped(callJson('Bash', { command })))).toEqual(plain);
  });

  test('advice comes as context, without a decision, once a session and pair', () => {
    const HOME = mkdtempSync(join(tmpdir(), 'policy-home-'));
    const call = callJson('Bash', { command: 'grep -rn TODO src' });
    const advice = run(call, { HOME });
    expect(run(call, { HOME })).toEqual({ status: 0 });
    expect(run(callJson('Bash', { command: 'find . -name x' }), { HOME }).additionalContext).toContain('`fd`');
    expect(run(call.replaceAll('24906240', '34906240'), { HOME })).toEqual(advice);
    expect(advice).toEqual({
      status: 0,
      hookEventName: 'PreToolUse',
      additionalContext:
        'Policy `modernCli` prefers this. `rg` (installed: ripgrep, modules/packages.nix) is preferred over `grep`: `rg -n TODO src` (it skips hidden and ignored files; `-uu` searches those too)',
    });
  });

  test('an edit of a link into the store names the file to edit instead', () => {
    const home = mkdtempSync(join(tmpdir(), 'policy-home-'));
    mkdirSync(join(home, '.config/fish'), { recursive: true });
    symlinkSync(
      '/nix/store/00000000000000000000000000000000-home-manager-files/.config/fish/config.fish',
      join(home, '.config/fish/config.fish'),
    );
    const file_path = join(home, '.config/fish/config.fish');
    for (const input of [
      callJson('Edit', { file_path, old_string: 'a', new_string: 'b' }, home),
      callJson('Write', { file_path, content: 'x' }, home),
      callJson('Bash', { command: 'echo x >> ~/.config/fish/config.fish' }, home),
    ]) {
      const { permissionDecision, permissionDecisionReason } = run(input, { HOME: home });
      expect(permissionDecision).toBe('deny');
      expect(permissionDecisionReason).toContain('edit `home/fish.nix` (programs.fish) in `~/nixos`');
    }
    writeFileSync(join(home, '.config/fish/local.fish'), '');
    expect(
      run(callJson('Write', { file_path: join(home, '.config/fish/local.fish'), content: '' }, home), { HOME: home }),
    ).toEqual({ status: 0 });
  });

  test('a link to a secret counts as a secret, and a force push finds its branch', () => {
    const home = mkdtempSync(join(tmpdir(), 'policy-home-'));
    mkdirSync(join(home, 'app/.git'), { recursive: true });
    writeFileSync(join(home, 'app/.env'), 'A=1\n');
    symlinkSync('.env', join(home, 'app/notes.txt'));
    writeFileSync(join(home, 'app/.git/HEAD'), 'ref: refs/heads/feature\n');
    const at = (tool: string, input: object) =>
      run(callJson(tool, input, join(home, 'app')), { HOME: home }).permissionDecision;
    expect(at('Read', { file_path: join(home, 'app/notes.txt') })).toBe('deny');
    expect(at('Bash', { command: 'head -2 notes.txt' })).toBe('deny');
    expect(at('Bash', { command: 'git push --force' })).toBeUndefined();
    writeFileSync(join(home, 'app/.git/HEAD'), 'ref: refs/heads/main\n');
    expect(at('Bash', { command: 'git push --force' })).toBe('ask');
  });

  test('native CLI at block refuses the MCP tool of that server only', async () => {
    const folder = await pluginFolder(policiesWith({ decisions: { nativeCli: 'block' } }));
    const decided = (tool: string) => run(callJson(tool, { title: 'x' }), {}, folder);
    expect(decided('mcp__github__create_issue').permissionDecisionReason).toContain('run `gh` through Bash');
    expect(decided('mcp__plugin_tools_github__create_issue').permissionDecision).toBe('deny');
    expect(decided('mcp__linear__create_issue')).toEqual({ status: 0 });
    expect(decided('mcp__kubernetes-docs__search')).toEqual({ status: 0 });
  });

  test('outcomes are counted without any text of the call', async () => {
    const folder = await pluginFolder({ ...allDefaults, count: true });
    const home = mkdtempSync(join(tmpdir(), 'policy-home-'));
    run(callJson('Bash', { command: 'cat .env # hunter2' }), { HOME: home }, folder);
    const lines = readFileSync(join(home, '.local/state/nixos-intelligence/policy-outcomes.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), rule: 'secrets', decision: 'block' },
    ]);
  });
});

describe('a broken plugin asks and says why', () => {
  const broken = async (breaks: (folder: string) => void) => {
    const folder = await pluginFolder(allDefaults);
    breaks(folder);
    return run(callJson('Bash', { command: 'rm -rf ~' }), {}, folder);
  };
  test.each<[string, (folder: string) => void, string]>([
    ['no policies', (folder) => rmSync(join(folder, 'policies.json')), 'compiled policies cannot be read'],
    [
      'half a file',
      (folder) => writeFileSync(join(folder, 'policies.json'), '{"schemaVersion":1,'),
      'compiled policies',
    ],
    ['another version', (folder) => writeFileSync(join(folder, 'policies.json'), '{"schemaVersion":2}'), 'version 1'],
    ['no hook', (folder) => rmSync(join(folder, 'hooks/hook.cjs')), 'the policy hook failed'],
    [
      'a hook that dies',
      (folder) => writeFileSync(join(folder, 'hooks/hook.cjs'), 'process.kill(process.pid, 9)'),
      'failed',
    ],
    ['a hook that takes long', (folder) => writeFileSync(join(folder, 'hooks/hook.cjs'), 'for (;;);'), 'more than 2 s'],
    [
      'a rule that is no rule',
      (folder) =>
        writeFileSync(
          join(folder, 'policies.json'),
          '{"schemaVersion":1,"unclear":"ask","rules":[{"rule":"x","decision":"block"}]}',
        ),
      'checking failed',
    ],
  ])('%s', async (_, breaks, says) => {
    const { status, permissionDecision, permissionDecisionReason } = await broken(breaks);
    expect({ status, permissionDecision }).toEqual({ status: 0, permissionDecision: 'ask' });
    expect(permissionDecisionReason).toContain(says);
  });

  test('a script that cannot be started asks too', () => {
    const { hooks } = JSON.parse(readFileSync(join(plugin, 'hooks/hooks.json'), 'utf8'));
    const command = hooks.PreToolUse[0].hooks[0].command as string;
    const input = callJson('Bash', { command: 'rm -rf ~' });
    chmodSync(join(plugin, 'hooks/pre-tool-use'), 0o644);
    const blocked = spawnSync('/bin/sh', ['-c', command], { input, encoding: 'utf8' });
    chmodSync(join(plugin, 'hooks/pre-tool-use'), 0o755);
    // Not even root can run a file that is not executable.
    expect(blocked.status).toBe(0);
    expect(JSON.parse(blocked.stdout).hookSpecificOutput.permissionDecision).toBe('ask');
  });
});

test('no rule can grant: `allow` is in no answer, whatever comes in', () => {
  const policies: Policies[] = [allDefaults, { ...allDefaults, unclear: 'pass' }, { ...allDefaults, rules: [] }];
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc
      .record({ tool_name: fc.anything(), tool_input: fc.anything(), cwd: fc.anything() })
      .map((value) => JSON.stringify(value) ?? ''),
    fc
      .tuple(
        fc.constantFrom('Bash', 'Read', 'Edit', 'Write', 'mcp__github__x', 'Grep'),
        fc.string({ unit: 'binary', maxLength: 60 }),
      )
      .map(([tool, value]) => callJson(tool, { command: value, file_path: value, path: value })),
    fc
      .array(
        fc.constantFrom(
          'rm',
          '-rf',
          '~',
          '$(',
          ')',
          '"',
          "'",
          '`',
          '|',
          '&&',
          '<<EOF',
          '\n',
          '{',
          '}',
          '((',
          '${',
          'x=',
          'eval',
          'bash -c',
          ';;',
          'case',
          'in',
          '\\',
        ),
        { maxLength: 12 },
      )
      .map((words) => callJson('Bash', { command: words.join(' ') })),
  );
  const seen = { answers: 0 };
  fc.assert(
    fc.property(text, fc.constantFrom(...policies), (input, one) => {
      const out = answer(input, one, { HOME: '/home/ann', XDG_STATE_HOME: state });
      seen.answers++;
      if (out === '') return;
      const { hookSpecificOutput } = JSON.parse(out);
      expect(['ask', 'deny', undefined]).toContain(hookSpecificOutput.permissionDecision);
      expect(out.length).toBeLessThan(10_000);
    }),
    { numRuns: 10_000 },
  );
  expect(seen.answers).toBe(10_000);
});

test('as a process: no exit status but 0', () => {
  const inputs = [
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"tool_name":1}',
    '\0\0',
    '{"tool_name":"Bash","tool_input":{}}',
    '"'.repeat(9000),
  ];
  for (const input of inputs) expect(run(input)).toMatchObject({ status: 0, permissionDecision: 'ask' });
});
