import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tableEnv } from './table.ts';

/**
 * The folder of a user with work to lose, and of one session. The project `~/app`: `src/app.ts` is changed, `README.md`
 * is staged, `notes.md` and `src/new-feature.ts` are new, one stash, the branch `feature` is nowhere else, `pushed` and
 * `merged` are. `~/nixos` and `~/work/site` have changes, `~/clean` has none.
 */
export function makeSampleHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'policy-home-'));
  const write = (path: string, text = `${path}\n`): void => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const sh = (folder: string, script: string): void => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const user = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ann'],
      [`GIT_${who}_EMAIL`, 'ann@example.org'],
    ]);
    execFileSync('bash', ['-ec', script], {
      cwd: join(home, folder),
      env: { ...env, ...Object.fromEntries(user) },
      stdio: 'pipe',
    });
  };
  /** A repository with one commit that its remote has. */
  const repository = (folder: string, files: readonly string[]): void => {
    for (const file of files) write(join(folder, file));
    write(join(folder, '.gitignore'), 'node_modules\ndist\nbuild\ntarget\n.env\n*.log\n.venv\ncoverage\n__pycache__\n');
    const remote = join(home, '.remotes', `${folder.replaceAll('/', '-')}.git`);
    mkdirSync(remote, { recursive: true });
    sh(folder, 'git init -q -b main && git add -A && git commit -qm first');
    sh(folder, `git init -q --bare '${remote}' && git remote add origin '${remote}' && git push -qu origin main`);
  };
  repository('app', [
    ...['src/app.ts', 'src/db.ts', 'README.md', 'docs/guide.md', 'package.json', 'package-lock.json', 'config.json'],
    ...['tests/app.test.ts', 'Makefile', '.env.example', 'scripts/start.sh'],
  ]);
  write('app/secrets/secrets.yaml', 'token: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  version: 3.9.0\n');
  sh('app', 'git add -A && git commit -qm secrets && git push -q && git branch merged');
  sh('app', 'git switch -qc pushed && git commit -qm p --allow-empty && git push -qu origin pushed');
  sh('app', 'git switch -qc feature main && echo f > f.txt && git add -A && git commit -qm feature');
  sh('app', 'git switch -q main && git worktree add -q ../app-wt pushed && echo x > ../app-wt/new.txt');
  sh('app', 'echo dropped > d.txt && git add d.txt && git commit -qm dropped && git reset -q --hard HEAD~1');
  sh('app', 'git switch -q main && echo stashed >> src/db.ts && git stash -q');
  write('app/README.md', 'staged\n');
  sh('app', 'git add README.md');
  write('app/src/app.ts', 'changed\n');
  for (const path of ['notes.md', 'src/new-feature.ts', 'debug.log', 'dist/main.js', 'node_modules/x/index.js']) {
    write(join('app', path));
  }
  write('app/.env', 'API_KEY=abc\nDATABASE_URL=x\n');
  write('app/.venv/bin/pip', '#!/bin/sh\n');
  repository('nixos', ['configuration.nix', 'flake.nix']);
  write('nixos/configuration.nix', 'changed\n');
  repository('work/site', ['index.html']);
  write('work/site/index.html', 'changed\n');
  write('work/site/new.html');
  repository('clean', ['index.html']);
  write('clean/node_modules/x.js');
  for (const path of ['Documents/thesis.odt', 'Pictures/a.jpg', '.config/git/config', '.config/fish/config.fish'])
    write(path);
  for (const path of ['.ssh/id_ed25519', '.ssh/id_ed25519.pub', '.aws/credentials', '.config/sops/age/keys.txt'])
    write(path);
  write('.claude/settings.json', '{}\n');
  mkdirSync(join(home, '.claude/skills'), { recursive: true });
  symlinkSync('/nix/store/00000000000000000000000000000000-plugin', join(home, '.claude/skills/nixos-intelligence'));
  return home;
}

/** The environment of a session in that home. */
export const environmentOf = (home: string) => ({ ...tableEnv, HOME: home });
