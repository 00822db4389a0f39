import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import folders from './snapshot-timer.json' with { type: 'json' };
import { requiresUserManager, runUnit } from './user-manager.ts';
import { type Input, nix, repositoryUrl, requiresNix } from './world.ts';

const inputs: Input[] = ['nixpkgs', 'home-manager'];
const world = requiresNix(...inputs);
const needed = world.missing ? world : requiresUserManager();
const scratch = mkdtempSync(join(tmpdir(), 'timer-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(needed.missing)(`the service of the timer, started by systemd${needed.why}`, () => {
  const units = join(scratch, 'units');
  beforeAll(async () => {
    const attribute = `${repositoryUrl}?dir=test/nix#snapshotTimer`;
    cpSync(await nix(['build', '--no-link', '--print-out-paths', attribute], inputs), units, {
      recursive: true,
      dereference: true,
    });
  });

  test.each(['host', 'home'])('that of a %s writes into the very folder that is named', (of) => {
    const home = join(scratch, of);
    mkdirSync(home);
    writeFileSync(join(home, '.bash_history'), 'git status\n');
    spawnSync('git', ['init', '-q', home]);
    const said = runUnit(home, readFileSync(join(units, of), 'utf8'));
    const meant = folders.map((name) =>
      name.replace(/%([%u])/g, (_, one) => (one === 'u' ? userInfo().username : one)),
    );
    const file = join(home, ...meant, 'shell-history.json');
    expect(existsSync(file), `${said}\nwanted ${file}`).toBe(true);
    expect(JSON.parse(readFileSync(file, 'utf8')).commands).toMatchObject([{ name: 'git', uses: 1 }]);
    // So that a flake sees it; the host's programs are not here.
    const known = spawnSync('git', ['-C', home, 'ls-files', '-z'], { encoding: 'utf8' }).stdout;
    if (of === 'home') expect(known).toBe(`${[...meant, 'shell-history.json'].join('/')}\0`);
  });
});
