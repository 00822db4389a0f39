import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requirement, requires } from '../requires.ts';
import { flakes, type Input, nix, repository, repositoryUrl, requiresNix } from './world.ts';

const inputs: Input[] = ['nixpkgs', 'home-manager'];
const cli = join(repository, 'dist/cli.mjs');
const world = existsSync(cli) ? requiresNix(...inputs) : requirement('nothing is bundled: npm run build');
const scratch = mkdtempSync(join(tmpdir(), 'real-rebuild-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const user = userInfo().username;

/** A configuration in git whose snapshots lie in it, or are an input that is to be overridden. */
function configuration(name: string, snapshots: 'inside' | 'input') {
  const [home, config] = [join(scratch, name, 'home'), join(scratch, name, "ann's config")];
  for (const folder of [home, config]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, '.bash_history'), 'rg x\nrg y\n');
  const set = snapshots === 'input' ? 'snapshots = inputs.mine;' : '';
  writeFileSync(
    join(config, 'flake.nix'),
    `{
  inputs = {
    nixpkgs.url = "${flakes.nixpkgs}";
    home-manager.url = "${flakes['home-manager']}";
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
    intelligence.url = "${repositoryUrl}";
    intelligence.inputs.nixpkgs.follows = "nixpkgs";
    ${snapshots === 'input' ? 'mine.url = "path:./none"; mine.flake = false;' : ''}
  };
  outputs = { nixpkgs, home-manager, intelligence, ... }@inputs: {
    homeConfigurations.me = home-manager.lib.homeManagerConfiguration {
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      extraSpecialArgs = { inherit inputs; };
      modules = [
        intelligence.homeModules.default
        {
          home = { username = "${user}"; homeDirectory = "${home}"; stateVersion = "25.05"; };
          manual.manpages.enable = false;
          news.display = "silent";
          programs.nixos-intelligence = { enable = true; ${set} };
        }
      ];
    };
    nixosConfigurations.box = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = [
        intelligence.nixosModules.default
        {
          nixpkgs.hostPlatform = "x86_64-linux";
          networking.hostName = "box";
          system.stateVersion = "25.05";
          boot.loader.systemd-boot.enable = true;
          fileSystems."/" = { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; };
          users.users.${user}.home = nixpkgs.lib.mkForce "${home}";
          programs.nixos-intelligence = { enable = true; users.${user} = { ${set} }; };
        }
      ];
    };
  };
}
`,
  );
  mkdirSync(join(config, 'none'));
  writeFileSync(join(config, 'none/README'), 'Overridden by every rebuild.\n');
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'start'],
  ]) {
    spawnSync('git', ['-C', config, '-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args]);
  }
  return { home, config };
}

function rebuild(at: { home: string; config: string }, programs: string, args: readonly string[]) {
  return spawnSync(process.execPath, [cli, 'rebuild', ...args], {
    cwd: at.config,
    // The history is that of this home, Nix is the machine's.
    env: { ...process.env, HOME: at.home, USER: user, PATH: `${programs}:${process.env.PATH}`, HISTFILE: '' },
    encoding: 'utf8',
  });
}

/** How many lines of the history what was built is made of: those of a snapshot that was just taken. */
function linesOf(result: string): number {
  const file = join(result, '.claude/intelligence/usage_alignment.json');
  return JSON.parse(readFileSync(file, 'utf8')).window.lines;
}

/** The snapshots that a derivation would be built with. */
async function snapshotsOf(derivation: string | undefined): Promise<string> {
  const shown = await nix(['derivation', 'show', derivation ?? 'none'], []);
  const path = shown.match(/[\w/.-]+-nixos-intelligence-snapshots/)?.[0] ?? 'none';
  return path.startsWith('/') ? path : `/nix/store/${path}`;
}

const outside = (home: string) => ['--out', join(home, 'my 100% own snapshots'), '--input', 'mine'];

describe.skipIf(world.missing)(`rebuild with the real home-manager${world.why}`, () => {
  let programs = '';
  beforeAll(async () => {
    const homeManager = `(builtins.getFlake "${flakes['home-manager']}")`;
    const packages = `(builtins.getFlake "${flakes.nixpkgs}").legacyPackages.x86_64-linux`;
    const program = `${packages}.callPackage (${homeManager} + "/home-manager") { path = ${homeManager}; }`;
    programs = join(await nix(['build', '--impure', '--no-link', '--print-out-paths', '--expr', program], []), 'bin');
  });

  test.each(['inside', 'input'] as const)(
    'snapshots as %s are taken first and built into the home, each time',
    (snapshots) => {
      const at = configuration(snapshots, snapshots);
      const own = snapshots === 'input' ? outside(at.home) : [];
      for (const lines of [2, 3]) {
        const { status, stderr } = rebuild(at, programs, [...own, '--', 'home-manager', 'build', '--flake', '.#me']);
        expect(status, stderr).toBe(0);
        expect(linesOf(join(at.config, 'result/home-files'))).toBe(lines);
        appendFileSync(join(at.home, '.bash_history'), 'rg z\n');
      }
    },
  );

  test('what home-manager says of a configuration that is not there comes through, and its status', () => {
    const at = configuration('broken', 'inside');
    const { status, stderr } = rebuild(at, programs, ['--', 'home-manager', 'build', '--flake', '.#nobody']);
    expect(status).toBe(1);
    expect(stderr).toContain('nobody');
  });
});

const rebuilding = world.missing ? world : requires('nixos-rebuild');
describe.skipIf(rebuilding.missing)(`rebuild with the real nixos-rebuild${rebuilding.why}`, () => {
  test.each(['inside', 'input'] as const)(
    'snapshots as %s are taken first and are in the system that would be built',
    async (snapshots) => {
      const at = configuration(`system-${snapshots}`, snapshots);
      const own = snapshots === 'input' ? outside(at.home) : [];
      const { status, stderr } = rebuild(at, '', [...own, '--', 'nixos-rebuild', 'dry-build', '--flake', '.#box']);
      expect(status, stderr).toBe(0);
      const output = stderr.match(new RegExp(`/\\S+-nixos-intelligence-${user}\\.drv`))?.[0];
      const file = join(await snapshotsOf(output), 'shell-history.json');
      expect(JSON.parse(readFileSync(file, 'utf8')).commands).toMatchObject([{ name: 'rg', uses: 2 }]);
    },
  );
});
