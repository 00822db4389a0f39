// `snapshot shell` over a million lines of each history, as a whole process, beside a bare Node program that reads the
// same file and splits it into lines. Then what the recorders cost for one command.
// Limits: 15 times the bare program and 256 MB for a history; 1 ms for a command, which bash reaches from 5.3 on: before,
// it needs a process to read the line from its history.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const count = 1_000_000;
const maxRatio = 15;
const maxMegabytes = 256;

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-shell-'));
const bare = join(folder, 'bare.mjs');
writeFileSync(
  bare,
  "import { readFileSync } from 'node:fs'; let n = 0; for (const l of readFileSync(process.argv[2], 'utf8').split('\\n')) n += l.length; console.log(n);",
);

const lines = [
  'git status',
  'git commit -m "fix #N thing"',
  'cd ~/projects/p#N',
  'ls -la src/#N',
  'cat log#N.txt | grep error',
  'rg "foo#N" src | head -20',
  'sudo systemctl restart svc#N',
  'nix build .#pkg#N && ./result/bin/x',
  'docker compose up -d web#N',
  'FOO=bar#N make test',
  'vim file#N.md',
  'echo "hello #N" > out#N',
  'fd -e rs | xargs wc -l #N',
  'kubectl get pods -n ns#N',
  'cargo build --release --target t#N',
  'nvim src/lib#N.rs',
  'curl -s https://example.org/#N | jq .a',
  'python3 script#N.py --arg v',
];
const linesOf = {
  fish: [...lines, 'for f in *.txt#N; wc -l $f; end', 'set x (git rev-parse HEAD~#N)'],
  bash: [...lines, 'for f in *.txt#N; do wc -l $f; done', 'x=$(git rev-parse HEAD~#N)'],
};

/** Pseudo-random numbers below `limit`, the same in every run. */
function numbers() {
  let seed = 1;
  return (limit) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
}

/**
 * A quarter of the lines is new, half repeats one of the last 20 lines, a quarter an older one, chosen by how often it
 * was typed. Greenberg and Witten ("Supporting command reuse", 1993) found that three of four lines are repetitions,
 * most of them of recent lines. fish keeps each line once: there every line is new.
 */
function* typedLines(kind) {
  const distinct = kind === 'fish';
  const pool = linesOf[distinct ? 'fish' : 'bash'];
  const random = numbers();
  const typed = [];
  for (let index = 0; index < count; index++) {
    const isNew = distinct || index <= 20 || random(4) === 0;
    const before = random(3) > 0 ? index - 1 - random(20) : random(index);
    const line = isNew ? pool[random(pool.length)].replaceAll('#N', String(index)) : typed[before];
    if (!distinct) typed.push(line);
    yield line;
  }
}

const time = (index) => 1_600_000_000 + index * 60;
const quoted = (line) => `'${line.replaceAll("'", "''")}'`;
const formats = {
  fish: (line, index) =>
    `- cmd: ${line}\n  when: ${time(index)}\n${index % 7 === 0 ? `  paths:\n    - src/x${index}\n` : ''}`,
  bash: (line) => `${line}\n`,
  zsh: (line, index) => `: ${time(index)}:0;${line}\n`,
  atuin: (line, index) =>
    `insert into history values ('${index}', ${time(index)}000000000, 5000000, ${index % 20 === 0 ? 1 : 0}, ${quoted(line)}, '/home/ann', 's${index % 9}', 'box:ann', null);\n`,
};
const atuinTable =
  'create table history (id text primary key, timestamp integer not null, duration integer not null, exit integer not null, command text not null, cwd text not null, session text not null, hostname text not null, deleted_at integer);';

/** Writes a history of a million lines; null where `sqlite3` is missing. */
function writeHistory(kind) {
  const file = join(folder, kind);
  const descriptor = openSync(file, 'w');
  let text = kind === 'atuin' ? `begin;\n${atuinTable}\n` : '';
  let index = 0;
  for (const line of typedLines(kind)) {
    text += formats[kind](line, index++);
    if (text.length > 1 << 20) {
      writeSync(descriptor, text);
      text = '';
    }
  }
  writeSync(descriptor, kind === 'atuin' ? `${text}commit;\n` : text);
  closeSync(descriptor);
  if (kind !== 'atuin') return file;
  const database = join(folder, 'history.db');
  const { status } = spawnSync('sqlite3', ['-batch', database, `.read ${file}`], { stdio: 'ignore' });
  return status === 0 ? database : null;
}

/** Seconds of processor time and peak megabytes of a whole process. Elapsed time would depend on other processes. */
function run(args) {
  const probe = `process.on('exit', () => { const u = process.resourceUsage(); process.stderr.write('\\n@' + JSON.stringify([u.userCPUTime + u.systemCPUTime, u.maxRSS]) + '\\n'); });`;
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(stderr);
  const [microseconds, kilobytes] = JSON.parse(/@(\[.*\])/.exec(stderr)[1]);
  return { seconds: microseconds / 1e6, megabytes: kilobytes / 1024 };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

let failed = false;
for (const kind of Object.keys(formats)) {
  const file = writeHistory(kind);
  if (file === null) {
    console.log(`${kind}: skipped, no sqlite3 here`);
    continue;
  }
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 3; round++) {
    theirs.push(run([bare, file]));
    ours.push(run([cli, 'snapshot', 'shell', '--history', `${kind}=${file}`, '--all-hosts', '--dry-run']));
  }
  const seconds = median(ours.map((one) => one.seconds));
  const bareSeconds = median(theirs.map((one) => one.seconds));
  const megabytes = Math.max(...ours.map((one) => one.megabytes));
  const ratio = seconds / bareSeconds;
  const over = ratio > maxRatio || megabytes > maxMegabytes;
  failed ||= over;
  console.log(
    `${kind}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB; bare ${bareSeconds.toFixed(2)} s; ${ratio.toFixed(1)} times${over ? ` (limit: ${maxRatio} times, ${maxMegabytes} MB)` : ''}`,
  );
}

const recorder = (shell) => fileURLToPath(new URL(`../../dist/recorder.${shell}`, import.meta.url));
const uses = 500;
const scripts = {
  bash: `source ${recorder('bash')}; set -o history; history -s "git commit -m 'x y'"; s=$EPOCHREALTIME; for ((i = 0; i < ${uses}; i++)); do __ni_start=\${s/./} __ni_number=0; __ni_prompt; done; e=$EPOCHREALTIME; echo $(( (\${e/./} - \${s/./}) / ${uses} ))`,
  zsh: `source ${recorder('zsh')}; __ni_start=$EPOCHREALTIME; s=$EPOCHREALTIME; for ((i = 0; i < ${uses}; i++)); do __ni_record 0 1 "git commit -m 'x y'"; done; e=$EPOCHREALTIME; printf '%d\\n' $(( (e - s) * 1000000 / ${uses} ))`,
  fish: `source ${recorder('fish')}; set s (date +%s%N); for i in (seq ${uses}); __ni_postexec "git commit -m 'x y'"; end; set e (date +%s%N); math -s0 "($e - $s) / 1000 / ${uses}"`,
};
for (const [shell, script] of Object.entries(scripts)) {
  const { stdout, status } = spawnSync(
    shell,
    [...(shell === 'bash' ? ['--norc'] : shell === 'zsh' ? ['-f'] : ['-N']), '-i', '-c', script],
    {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, XDG_STATE_HOME: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  if (status !== 0 || stdout === null) {
    console.log(`recorder of ${shell}: skipped, no ${shell} here`);
    continue;
  }
  const microseconds = Number(stdout.trim().split('\n').at(-1));
  failed ||= !(microseconds < 1000);
  console.log(`recorder of ${shell}: ${microseconds} µs a command${microseconds < 1000 ? '' : ' (limit: 1000)'}`);
}
rmSync(folder, { recursive: true });
process.exitCode = failed ? 1 : 0;
