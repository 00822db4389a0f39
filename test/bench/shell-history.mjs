// Reading 100,000 and 1,000,000 fish entries, as a whole process, beside a bare Node program that reads
// the same file and splits it into lines: entries of few forms (see line-form.ts), with messages, and of which
// nearly every one is of a form of its own. Then what the recorders cost for one command.
// Limits: 3.5 times the bare program and 250 MB for a million; 1 ms for a command.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  'for f in *.txt#N; wc -l $f; end',
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
  'set x (git rev-parse HEAD~#N)',
];

/** Five words, of which twelve are names of commands: those make the form of a line, but in a message. */
const words =
  'fix the test for a file that find did not sort and make time less when both move in from old host to new date'.split(
    ' ',
  );
const sentence = (seed) => Array.from({ length: 5 }, (_, at) => words[(seed >>> (4 * at)) % words.length]).join(' ');

const kinds = {
  'few forms': (seed, entry) => lines[(seed >>> 8) % lines.length].replaceAll('#N', String(entry)),
  messages: (seed, entry) => `git commit -m "${sentence(seed >>> 3)} ${entry}"`,
  'many forms': (seed, entry) => `task add ${sentence(seed >>> 3)} ${entry}`,
};

function history(entries, kind) {
  const file = join(folder, 'fish_history');
  const descriptor = openSync(file, 'w');
  let seed = 1;
  let text = '';
  for (let entry = 0; entry < entries; entry++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const line = kinds[kind](seed, entry);
    const paths = entry % 7 === 0 ? `  paths:\n    - src/x${entry}\n` : '';
    text += `- cmd: ${line}\n  when: ${1_600_000_000 + entry * 60}\n${paths}`;
    if (text.length > 1 << 20) {
      writeSync(descriptor, text);
      text = '';
    }
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
  return file;
}

/** Processor seconds and peak memory of a whole process: wall time says more about the other users of a machine. */
function run(args) {
  const probe = `process.on('exit', () => { const u = process.resourceUsage(); process.stderr.write('\\n@' + JSON.stringify([u.userCPUTime + u.systemCPUTime, u.maxRSS]) + '\\n'); });`;
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (status !== 0) throw new Error(stderr);
  const [time, memory] = JSON.parse(/@(\[.*\])/.exec(stderr)[1]);
  return { seconds: time / 1e6, megabytes: memory / 1024 };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

let failed = false;
for (const [entries, kind] of [
  [100_000, 'few forms'],
  [1_000_000, 'few forms'],
  [1_000_000, 'messages'],
  [1_000_000, 'many forms'],
]) {
  const file = history(entries, kind);
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 3; round++) {
    theirs.push(run([bare, file]));
    ours.push(run([cli, 'snapshot', 'shell', '--history', `fish=${file}`, '--dry-run']));
  }
  const seconds = median(ours.map((one) => one.seconds));
  const bareSeconds = median(theirs.map((one) => one.seconds));
  const megabytes = Math.max(...ours.map((one) => one.megabytes));
  const ratio = seconds / bareSeconds;
  // Where every line has to be parsed the ratio is told and not held.
  const over = entries === 1_000_000 && ((ratio > 3.5 && kind !== 'many forms') || megabytes > 250);
  failed ||= over;
  console.log(
    `${entries} fish entries, ${kind}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB; bare ${bareSeconds.toFixed(2)} s; ${ratio.toFixed(1)} times${over ? ' (limit: 3.5 times, 250 MB)' : ''}`,
  );
}

const recorder = (shell) => fileURLToPath(new URL(`../../dist/recorder.${shell}`, import.meta.url));
const uses = 500;
const scripts = {
  bash: `source ${recorder('bash')}; s=$EPOCHREALTIME; for ((i = 0; i < ${uses}; i++)); do __ni_record 0 1 "git commit -m 'x y'" "$s"; done; e=$EPOCHREALTIME; echo $(( (\${e/./} - \${s/./}) / ${uses} ))`,
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
