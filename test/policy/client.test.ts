import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driveClient, requiresClient } from '../claude-client/client.ts';
import { requirement } from '../requires.ts';
import { pluginFolder } from './plugin-folder.ts';
import { policiesWith } from './policies.ts';

const own = { subcommand: null, flags: null, path: null, tool: null, instead: null, reason: 'No.' };
const policies = policiesWith({
  decisions: { nativeCli: 'block' },
  rules: {
    deploy: { ...own, command: ['mytool'], subcommand: ['deploy'], decision: 'block' },
    work: { ...own, command: null, path: ['~/work/**'], decision: 'block' },
  },
});
const managed = '/etc/claude-code/managed-settings.d/50-nixos-intelligence-test.json';
const requiresRoot = requirement(
  requiresClient.missing ?? (process.getuid?.() === 0 ? null : `only root can write ${dirname(managed)}`),
);
let plugin: string;

beforeAll(async () => {
  if (requiresClient.missing === null) plugin = await pluginFolder(policies);
});

/** A folder of the client's with the plugin linked as one directory. */
function configDir(linked: boolean): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'policy-client-')), '.claude');
  mkdirSync(join(folder, 'skills'), { recursive: true });
  if (linked) symlinkSync(plugin, join(folder, 'skills/nixos-intelligence'));
  return folder;
}

const bash = (command: string) => ({ name: 'Bash', input: { command, description: 'x' } });

async function drive(folder: string, calls: object[], ...more: string[]) {
  const file = join(dirname(folder), 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  const { toolResults, stderr } = await driveClient(folder, '--calls', file, ...more);
  expect(toolResults, stderr).toHaveLength(calls.length);
  return toolResults;
}

const calls = [
  bash('nix-env -iA nixpkgs.jq'),
  bash('echo allowed'),
  bash('git push --force origin main'),
  bash('grep -rn TODO /etc/hostname'),
];

function expectEnforced(results: Awaited<ReturnType<typeof drive>>) {
  const [blocked, allowed, asked, advised] = results;
  expect(blocked).toMatchObject({
    isError: true,
    text: expect.stringContaining('installs software outside the configuration'),
  });
  expect(allowed).toMatchObject({ isError: false, text: 'allowed' });
  // Nobody can answer here, so the client refuses.
  expect(asked).toMatchObject({ isError: true, text: expect.stringContaining('rewrite `main` for everybody') });
  expect(advised?.isError === true && advised.text.includes('Policy')).toBe(false);
}

describe(`the real client${requiresClient.why}`, () => {
  test.skipIf(requiresClient.missing)(
    'with the plugin linked, refuses with the reason and lets the rest run',
    async () => {
      expectEnforced(await drive(configDir(true), calls));
    },
  );

  test.skipIf(requiresClient.missing)('without it, nothing is refused', async () => {
    const [first] = await drive(configDir(false), [bash('echo nix-env -iA x; true rm -rf')]);
    expect(first).toMatchObject({ isError: false });
  });

  test.skipIf(requiresClient.missing)('advice reaches the model beside the result', async () => {
    const folder = configDir(true);
    const keep = join(dirname(folder), 'requests');
    await drive(folder, [bash('grep -c root /etc/passwd')], '--keep', keep);
    expect(readFileSync(keep, 'utf8')).toContain('is preferred over `grep`');
  });

  test.skipIf(requiresClient.missing)('an MCP tool is refused in favour of gh', async () => {
    const folder = configDir(true);
    const config = join(dirname(folder), 'mcp.json');
    const server = join(dirname(folder), 'server.mjs');
    writeFileSync(server, mcpServer);
    writeFileSync(
      config,
      JSON.stringify({
        mcpServers: {
          github: { command: process.execPath, args: [server] },
          notes: { command: process.execPath, args: [server] },
        },
      }),
    );
    const [github, notes] = await drive(
      folder,
      [
        { name: 'mcp__github__say', input: {} },
        { name: 'mcp__notes__say', input: {} },
      ],
      '--mcp-config',
      config,
      '--allow',
      'mcp__github__*,mcp__notes__*',
    );
    expect(github).toMatchObject({ isError: true, text: expect.stringContaining('run `gh` through Bash') });
    expect(notes).toMatchObject({ isError: false, text: 'said' });
  });

  test.skipIf(requiresClient.missing)('finds the plugin valid', () => {
    const bin = process.env.CLAUDE_BIN ?? join(homedir(), '.cache/claude-client/claude');
    const { status, stdout, stderr } = spawnSync(bin, ['plugin', 'validate', plugin], {
      encoding: 'utf8',
      env: { ...process.env, HOME: dirname(configDir(false)) },
    });
    const out = stdout + stderr;
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringMatching(/passed/i) });
    // A Markdown file at the wrong place would become a subagent.
    expect(out).not.toMatch(/Validating agent|agents:/);
  });
});

/** A home with a project that has a secret, a repository with uncommitted work, and the plugin. */
async function project() {
  const folder = configDir(true);
  const home = dirname(folder);
  const app = join(home, 'app');
  mkdirSync(app);
  writeFileSync(join(app, '.env'), 'API_KEY=hunter2\n');
  writeFileSync(join(app, 'notes.txt'), 'one\n');
  const git = (line: string) => execFileSync('bash', ['-ec', line], { cwd: app, stdio: 'pipe' });
  git('git init -qb main; git config user.email a@b.c; git config user.name a; git add notes.txt; git commit -qm a');
  writeFileSync(join(app, 'notes.txt'), 'changed\n');
  return { folder, home, app };
}

const refused: (string | { name: string; input: object })[] = [
  'cat .env',
  { name: 'Grep', input: { pattern: 'API_KEY', output_mode: 'content' } },
  { name: 'Grep', input: { pattern: 'API_KEY', glob: '.env*', output_mode: 'content' } },
  'grep -r API_KEY .',
  'git reset --hard',
  'git checkout -- .',
  'git clean -fd',
  'cd .. && rm -rf app',
  'echo x > notes.txt',
  'terraform destroy -auto-approve',
  'kubectl -n prod delete pod x',
  'docker compose -f x.yml down -v',
  'sops -d secrets.yaml',
  'age -d secret.age',
  'gh auth token',
  'sudo cat /run/secrets/db',
  'flatpak install x',
  'rustup toolchain install nightly',
  'rm -rf ~/.claude/skills/nixos-intelligence',
  'mv ~/.claude/skills ~/.claude/other',
  `echo '{"disableAllHooks": true}' > ~/.claude/settings.json`,
  'mytool --stage=prod deploy',
  'rm -rf ~/work',
  `echo ${'a '.repeat(40_000)} | xargs rm -rf; cat .env`,
];
const letRun: [line: string, prints: string][] = [
  ['set -a; source .env; set +a; echo started', 'started'],
  ['source .env && echo "$PWD"', 'app'],
  ['grep -q KEY .env && echo found', 'found'],
  ['cut -d= -f1 .env', 'API_KEY'],
  ['nice -n 1 echo nicely', 'nicely'],
  ['env A=1 echo with-env', 'with-env'],
  // The client itself takes it for the home.
  ["rm -rf '~'; echo kept", ''],
  ['python3 - <<EOF\nprint([".env", "x"][1])\nEOF\necho after', 'after'],
  ['bin=$(mktemp); printf "#!/bin/sh\\necho built\\n" > "$bin"; chmod +x "$bin"; "$bin"', 'built'],
  ['git status --short', 'notes.txt'],
  ['git stash list; git branch; echo listed', 'listed'],
  ['mytool plan || echo no-tool', 'no-tool'],
];

describe(`calls from real life in the real client${requiresClient.why}`, () => {
  test.skipIf(requiresClient.missing)('are refused or run as the policies say', async () => {
    const { folder, home, app } = await project();
    const calls = [
      ...refused.map((call) => (typeof call === 'string' ? bash(call) : call)),
      ...letRun.map(([line]) => bash(line)),
    ];
    const results = await drive(folder, calls, '--cwd', app, '--timeout', '600');
    const shown = (index: number) => ({
      call: JSON.stringify(calls[index]).slice(0, 120),
      text: results[index]?.text.slice(0, 300),
    });
    refused.forEach((_, index) => {
      expect({ ...shown(index), isError: results[index]?.isError }).toMatchObject({
        isError: true,
        text: expect.stringMatching(/Policy|nixos-intelligence/),
      });
    });
    letRun.forEach(([, prints], index) => {
      expect(shown(refused.length + index)).toMatchObject({ text: expect.stringContaining(prints) });
    });
    for (const { text } of results.slice(refused.length)) expect(text).not.toMatch(/Policy `|nixos-intelligence:/);
    expect(results.map(({ text }) => text).join('\n')).not.toContain('hunter2');
    expect(readFileSync(join(app, 'notes.txt'), 'utf8')).toBe('changed\n');
    expect(lstatSync(join(home, '.claude/skills/nixos-intelligence')).isSymbolicLink()).toBe(true);
  });
});

describe(`a file that the session has written, in the real client${requiresClient.why}`, () => {
  test.skipIf(requiresClient.missing)('may be replaced, a file of the user may not', { retry: 3 }, async () => {
    const { folder, home, app } = await project();
    // A client writes its transcript late. A model takes seconds for its next call, the stand-in does not: without the
    // transcript the hook asks, which is right.
    const meanwhile = bash('sleep 3');
    const calls = [
      { name: 'Write', input: { file_path: join(app, 'draft.md'), content: 'one\n' } },
      meanwhile,
      bash('echo two > draft.md; cat draft.md'),
      bash('cat > plan.md <<EOF\nthree\nEOF'),
      meanwhile,
      bash('echo four > plan.md; rm draft.md; cat plan.md'),
      bash('echo five > notes.txt'),
    ];
    const [, , replaced, , , written, users] = await drive(folder, calls, '--cwd', app, '--timeout', '600');
    expect([replaced, written]).toMatchObject([
      { isError: false, text: 'two' },
      { isError: false, text: 'four' },
    ]);
    expect(users).toMatchObject({ isError: true, text: expect.stringContaining('would lose') });
    expect(readFileSync(join(home, 'app/notes.txt'), 'utf8')).toBe('changed\n');
  });
});

describe(`the managed drop-in${requiresRoot.why}`, () => {
  afterAll(() => {
    if (requiresRoot.missing === null) execFileSync('rm', ['-f', managed]);
  });

  test.skipIf(requiresRoot.missing)('does the same for a user who linked nothing', async () => {
    mkdirSync(dirname(managed), { recursive: true });
    writeFileSync(managed, readFileSync(join(plugin, 'managed-settings.json')));
    expectEnforced(await drive(configDir(false), calls));
  });
});

/** The smallest server that has one tool. */
const mcpServer = `
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const result = method === 'initialize' ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }
    : method === 'tools/list' ? { tools: [{ name: 'say', description: 'Says', inputSchema: { type: 'object', properties: {} } }] }
    : method === 'tools/call' ? { content: [{ type: 'text', text: 'said' }] } : {};
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
});
`;
