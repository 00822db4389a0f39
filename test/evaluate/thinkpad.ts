import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicHostFlake, publicHostInputs, requiresPublicHost } from '../nix/public-host.ts';
import { nix } from '../nix/world.ts';
import { requiresClone } from '../requires.ts';
import { makeHome } from '../stories/home.ts';
import { thinkpadSessions, thinkpadTakenOn } from '../stories/thinkpad.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/**
 * The evidence of jacopone/nixos-config, branch `personal`: evaluated and built by Nix, git history from its clone, and
 * the shell history of a made-up user. Shells write the history only once: `folder` keeps it.
 *
 * @returns the reason why this machine cannot make it, or null
 */
export async function makeThinkpad(folder: string): Promise<string | null> {
  const { missing } = requiresPublicHost();
  if (missing !== null) return missing;
  const clone = requiresClone('nixos-config').path;
  const scratch = mkdtempSync(join(tmpdir(), 'thinkpad-'));
  try {
    const url = publicHostFlake(scratch, branch);
    const evidence = await nix(['build', '--no-link', '--print-out-paths', `${url}#built.evidence`], publicHostInputs);
    const input = join(folder, 'input');
    rmSync(input, { recursive: true, force: true });
    mkdirSync(input, { recursive: true });
    cpSync(evidence, input, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', input]);

    const checkout = join(scratch, 'checkout');
    execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', clone, checkout]);
    execFileSync('git', ['fetch', '--quiet', 'origin', `${branch}:personal`], { cwd: checkout });
    execFileSync('git', ['symbolic-ref', 'HEAD', 'refs/heads/personal'], { cwd: checkout });
    execFileSync('git', ['reset', '--quiet', '--hard'], { cwd: checkout });

    const home = join(folder, 'home');
    if (!existsSync(home)) await makeHome(home, thinkpadSessions);
    const snapshot = (kind: string, path: string, ...args: string[]): void => {
      const common = ['--out', join(input, 'snapshots'), '--taken-on', thinkpadTakenOn];
      execFileSync(process.execPath, [cli, 'snapshot', kind, ...common, ...args], {
        env: { HOME: home, PATH: path, LANG: 'C.UTF-8', SHELL: '/bin/fish' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    };
    snapshot('git', process.env.PATH ?? '', '--repo', checkout);
    snapshot('shell', '', '--all-hosts', '--evaluated', join(input, 'evaluated.json'));
    return null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const branch = 'refs/remotes/origin/personal';
