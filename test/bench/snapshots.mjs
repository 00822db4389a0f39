// `snapshot sessions` over 500 MB of transcripts, and `snapshot projects` over 2,000 repositories, as whole processes.
// Limits: 1.5 times the processor time of a bare Node program that reads the lines and parses each as JSON, and 256 MB.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const megabytes = 500;
const repositories = 2000;
const maxRatio = 1.5;
const maxMegabytes = 256;

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'bench-snapshots-'));
const project = join(home, '.claude/projects/-home-me-shop');
mkdirSync(project, { recursive: true });

const bare = join(home, 'bare.mjs');
writeFileSync(
  bare,
  `import { createReadStream, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
let n = 0;
for (const name of readdirSync(process.argv[2]).sort()) {
  for await (const line of createInterface({ input: createReadStream(process.argv[2] + '/' + name) })) if (JSON.parse(line).type === 'user') n += 1;
}
console.log(n);`,
);

function writeTranscripts() {
  const time = (n) => new Date(Date.UTC(2026, 9, 1) + n * 1000).toISOString();
  let n = 0;
  for (let file = 0; file < megabytes / 10; file += 1) {
    const descriptor = openSync(join(project, `${file}.jsonl`), 'w');
    for (let size = 0; size < 10e6; ) {
      n += 1;
      const tool =
        n % 3 === 0
          ? { name: 'mcp__serena__find_symbol', input: { text: `x${n}` } }
          : { name: 'Bash', input: { command: `rg "item${n % 5000}" src | head && git status` } };
      const lines = [
        {
          type: 'assistant',
          uuid: `a${n}`,
          timestamp: time(n),
          message: {
            content: [{ type: 'tool_use', id: `t${n}`, ...tool }],
            usage: { input_tokens: 9, output_tokens: 9 },
          },
        },
        {
          type: 'user',
          uuid: `u${n}`,
          timestamp: time(n),
          message: {
            content: [{ type: 'tool_result', tool_use_id: `t${n}`, content: 'line of output\n'.repeat(120) }],
          },
        },
      ];
      const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
      size += text.length;
      writeSync(descriptor, text);
    }
    closeSync(descriptor);
  }
}

function writeRepositories() {
  const template = join(home, 'template');
  mkdirSync(template);
  const git = (...args) =>
    execFileSync('git', ['-C', template, '-c', 'user.name=me', '-c', 'user.email=me@example.org', ...args], {
      stdio: 'ignore',
    });
  git('init', '-q', '--template=');
  writeFileSync(
    join(template, 'pyproject.toml'),
    '[project]\nname = "x"\ndependencies = ["httpx"]\n[dependency-groups]\ndev = ["ruff", "pytest"]\n',
  );
  writeFileSync(join(template, 'justfile'), 'test:\n    uv run pytest\n');
  git('add', '.');
  git('commit', '-qm', 'start');
  for (let n = 0; n < repositories; n += 1) cpSync(template, join(home, 'src', `project${n}`), { recursive: true });
}

/** Processor seconds and peak megabytes of a Node program, its children's processor time included. */
function measure(name, args) {
  const result = spawnSync(
    '/usr/bin/env',
    ['bash', '-c', 'TIMEFORMAT="%U %S %R"; time "$@"', 'time', process.execPath, '--import', report, ...args],
    {
      env: { PATH: process.env.PATH, HOME: home, LANG: 'C' },
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  if (result.status !== 0) throw new Error(result.stderr);
  const peak = Number(/^peak (\d+)$/m.exec(result.stderr)?.[1]) / 1024;
  const [user, system, real] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  console.log(`${name}: ${(user + system).toFixed(1)} s of processor time, ${real} s, ${Math.round(peak)} MB`);
  return { seconds: user + system, peak };
}
const report = join(home, 'report.mjs');
writeFileSync(report, "process.on('exit', () => console.error(`peak ${process.resourceUsage().maxRSS}`));\n");

try {
  writeTranscripts();
  const base = measure('lines and JSON.parse', [bare, project]);
  const sessions = measure(`snapshot sessions, ${megabytes} MB`, [cli, 'snapshot', 'sessions', '--dry-run']);
  rmSync(project, { recursive: true });
  writeRepositories();
  const projects = measure(`snapshot projects, ${repositories} repositories`, [
    cli,
    'snapshot',
    'projects',
    '--dir',
    join(home, 'src'),
    '--dry-run',
  ]);
  const ratio = sessions.seconds / base.seconds;
  console.log(`sessions: ${ratio.toFixed(2)} times (limit ${maxRatio})`);
  if (ratio > maxRatio || sessions.peak > maxMegabytes || projects.peak > maxMegabytes) process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
