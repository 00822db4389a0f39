// The whole command `snapshot git` against `git log -p --no-merges -- '*.nix' >/dev/null` in the same run.
// node test/bench/git.mjs [REPOSITORY…]   needs dist/ (npm run build)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const corpus = process.env.NIXOS_INTELLIGENCE_CORPUS ?? join(homedir(), '.cache/nix-world/src');
const given = process.argv.slice(2);
const repositories = given.length > 0 ? given : ['home-manager', 'nixos-config'].map((name) => join(corpus, name));
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'git-bench-'));

function seconds(program, args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return { seconds: (performance.now() - start) / 1000, stderr: stderr.toString() };
}

/** Peak memory, where the kernel tells: the snapshot prints it as its last act. */
const peak = 'data:text/javascript,process.on("exit",()=>console.error("peak="+process.resourceUsage().maxRSS))';

for (const repository of repositories) {
  const name = basename(repository);
  if (!existsSync(repository)) {
    console.log(`git: ${name} skipped, no clone of it in NIXOS_INTELLIGENCE_CORPUS`);
    continue;
  }
  const rounds = Array.from({ length: 5 }, () => {
    const log = seconds('sh', ['-c', `git -C "$0" log -p --no-merges -- '*.nix' >/dev/null`, repository]).seconds;
    const own = seconds(process.execPath, [
      '--import',
      peak,
      cli,
      'snapshot',
      'git',
      '--repo',
      repository,
      '--out',
      scratch,
    ]);
    return { log, own: own.seconds, peak: Number(/peak=(\d+)/.exec(own.stderr)?.[1] ?? Number.NaN) / 1024 };
  });
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const log = median(rounds.map((round) => round.log));
  const own = median(rounds.map((round) => round.own));
  console.log(
    `git: ${name}: snapshot ${own.toFixed(2)} s, git log -p ${log.toFixed(2)} s: ` +
      `${median(rounds.map((round) => round.own / round.log)).toFixed(2)} times; peak ${Math.max(...rounds.map((round) => round.peak)).toFixed(0)} MB`,
  );
}
rmSync(scratch, { recursive: true });
