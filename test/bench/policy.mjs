// The policy hook as the client starts it: the fast path against `sh -c 'cat >/dev/null'`, also for a Write of
// 1 MB, the exact path against bare `node -e 0`; the share of the benign calls of the tables that each path answers; the
// same calls against the hook of cc-safety-net, if CC_SAFETY_NET names it or it is on PATH; what a look at a repository
// adds; and a session's start with and without the plugin where the client is installed. All in turn, medians of one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = 31;
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'policy-bench-'));
const plugin = join(scratch, 'plugin');
const from = { package: 'x', file: 'modules/packages.nix' };
writeFileSync(
  join(scratch, 'policies.json'),
  JSON.stringify({
    schemaVersion: 1,
    unclear: 'ask',
    count: false,
    rules: [
      {
        rule: 'modernCli',
        decision: 'advise',
        replacements: ['grep:rg', 'find:fd', 'ls:eza', 'cat:bat', 'sed:sd'].map((pair) => {
          const [command, by] = pair.split(':');
          return { command, by, ...from };
        }),
      },
      { rule: 'nativeCli', decision: 'advise', clis: [{ command: 'gh', servers: ['github', 'gh'], ...from }] },
      { rule: 'declarativeInstalls', decision: 'block', declareIn: null, rebuild: 'sudo nixos-rebuild switch' },
      {
        rule: 'generatedFiles',
        decision: 'block',
        checkout: null,
        targets: Array.from({ length: 150 }, (_, n) => ({
          target: `.config/app-${n}/file`,
          files: ['a.nix'],
          by: null,
        })),
      },
      { rule: 'destructive', decision: 'ask' },
      { rule: 'lostWork', decision: 'ask', checkout: null },
      { rule: 'infrastructure', decision: 'ask' },
      { rule: 'secrets', decision: 'block' },
      { rule: 'enforcement', decision: 'block' },
    ],
    inactive: [],
  }),
);
const which = (name) => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
const programs = ['bash', 'cat'].flatMap((name) => [`--${name}`, which(name)]);
execFileSync(process.execPath, [
  ...[cli, 'plugin', '--policies', join(scratch, 'policies.json'), '--out', plugin, '--node', process.execPath],
  ...programs,
]);
const hook = join(plugin, 'hooks/pre-tool-use');

const call = (tool_name, tool_input) =>
  JSON.stringify({
    ...{ session_id: '24906240-a239-4534-a56d-d310376bb68f', transcript_path: '/home/ann/.claude/projects/x/y.jsonl' },
    ...{ cwd: '/tmp', permission_mode: 'default', effort: { level: 'high' }, hook_event_name: 'PreToolUse' },
    ...{ tool_name, tool_input, tool_use_id: 'toolu_1' },
  });
const small = call('Bash', {
  command: 'cargo build --release && npm test 2>&1 | tail -5',
  description: 'Build and test',
});
const large = call('Write', { file_path: join(scratch, 'big.txt'), content: 'a "line"\n'.repeat(100_000) });
const exact = call('Bash', { command: 'cd x && rm -rf build && grep -rn "foo" src | head' });

function time(command, args, input) {
  const start = process.hrtime.bigint();
  const env = { ...process.env, XDG_STATE_HOME: scratch };
  const { status, stdout } = spawnSync(command, args, { input, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return { took: Number(process.hrtime.bigint() - start) / 1e6, stdout };
}
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Both in turn; the first is ours. */
function compare(name, limit, ours, theirs, count = rounds) {
  const took = [[], []];
  for (let round = 0; round < count; round += 1) {
    took[0].push(ours().took);
    took[1].push(theirs().took);
  }
  const [a, b] = took.map(median);
  const over = limit !== null && a / b > limit;
  console.log(
    `${name}: ${a.toFixed(1)} ms against ${b.toFixed(1)} ms, ${(a / b).toFixed(2)} times${limit === null ? '' : ` (at most ${limit})`}`,
  );
  if (over) process.exitCode = 1;
}

const cat = ['sh', ['-c', 'cat >/dev/null']];
if (time(hook, [], small).stdout !== '' || time(hook, [], large).stdout !== '') throw new Error('not the fast path');
if (!time(hook, [], exact).stdout.includes('`rg`')) throw new Error('not the exact path');
compare(
  "fast path, Bash, against sh -c 'cat >/dev/null'",
  2,
  () => time(hook, [], small),
  () => time(...cat, small),
);
compare(
  "fast path, Write of 1 MB, against sh -c 'cat >/dev/null'",
  2,
  () => time(hook, [], large),
  () => time(...cat, large),
);
compare(
  'exact path against node -e 0',
  Number(process.versions.node.split('.')[0]) < 22 ? 1.5 : 1.8,
  () => time(hook, [], exact),
  () => time(process.execPath, ['-e', '0'], ''),
);

const benign = ['benign', 'benign-in-home'].flatMap((name) =>
  readFileSync(new URL(`../policy/tables/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((row) => /^pass \|[^|]*\| (.*)$/.exec(row)?.[1] ?? [])
    .map((text) => {
      const [, tool, input] = /^([A-Z]\w+|mcp__[\w-]+) (\{.*\})$/.exec(text) ?? [];
      return tool === undefined ? call('Bash', { command: text.replaceAll('⏎', '\n') }) : call(tool, JSON.parse(input));
    }),
);
const script = readFileSync(hook, 'utf8')
  .replace(/^exact\(\) \{\n[\s\S]*?^\}$/m, 'exact() { printf E; exit 0; }')
  .replace(/^pass\(\) \{\n[\s\S]*?^\}$/m, 'pass() { printf P; exit 0; }');
const paths = [
  ...time(
    'bash',
    ['-c', `main() {\n${script}\n}\nwhile IFS= read -r line; do ( main <<<"$line" ); done`],
    `${benign.join('\n')}\n`,
  ).stdout,
];
const fast = paths.filter((path) => path === 'P').length;
console.log(
  `benign calls of the tables: ${benign.length}, by the fast path ${((100 * fast) / benign.length).toFixed(0)} %`,
);

/** Every 20th of the benign calls. */
const sample = benign.filter((_, index) => index % 20 === 0);
const each = (command, args) => {
  const start = process.hrtime.bigint();
  for (const input of sample) time(command, args, input);
  return Number(process.hrtime.bigint() - start) / 1e6 / sample.length;
};
const programsOf = process.env.PATH?.split(':').map((folder) => join(folder, 'cc-safety-net')) ?? [];
const safetyNet = [process.env.CC_SAFETY_NET ?? '', ...programsOf].find((path) => path !== '' && existsSync(path));
if (safetyNet === undefined) console.log('cc-safety-net: skipped, it is not installed (CC_SAFETY_NET names none)');
else {
  compare(
    `${sample.length} benign calls, on average, against cc-safety-net`,
    null,
    () => ({ took: each(hook, []) }),
    () => ({ took: each(safetyNet, ['hook', '--claude-code']) }),
    5,
  );
}

const repository = join(scratch, 'repository');
mkdirSync(repository);
for (let n = 0; n < 5000; n += 1) {
  if (n % 100 === 0) mkdirSync(join(repository, `folder-${n / 100}`));
  writeFileSync(join(repository, `folder-${Math.floor(n / 100)}`, `${n}.txt`), `${n}\n`);
}
execFileSync(
  'bash',
  ['-c', 'git init -q && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm a && git status -s'],
  { cwd: repository },
);
const look = (command) => call('Bash', { command }).replace('"cwd":"/tmp"', `"cwd":${JSON.stringify(repository)}`);
const asked = Array.from({ length: rounds }, () => time(hook, [], look('git reset --hard')).stdout).filter(
  (answer) => answer !== '',
).length;
console.log(`git reset --hard in a clean repository of 5,000 files: asked about ${asked} of ${rounds} times`);
compare(
  'the same against a call on the exact path that looks at no repository',
  null,
  () => time(hook, [], look('git reset --hard')),
  () => time(hook, [], look('git restore --staged x')),
);

const client = process.env.CLAUDE_BIN ?? join(homedir(), '.cache/claude-client/claude');
if (!existsSync(client)) console.log('session start: skipped, no Claude Code client (CLAUDE_BIN names none)');
else {
  const drive = fileURLToPath(new URL('../claude-client/drive.mjs', import.meta.url));
  const folder = (name, linked) => {
    const path = join(scratch, name, '.claude');
    mkdirSync(join(path, 'skills'), { recursive: true });
    if (linked) symlinkSync(plugin, join(path, 'skills/nixos-intelligence'));
    return () => time(process.execPath, [drive, '--config-dir', path]);
  };
  compare('session with the plugin against one without', null, folder('with', true), folder('without', false), 20);
}
rmSync(scratch, { recursive: true });
