import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { requires } from '../requires.ts';
import { nix, repository, requiresNix } from './world.ts';

const world = requiresNix('nixpkgs');
const worldWithHomes = requiresNix('nixpkgs', 'home-manager');
const scratch = mkdtempSync(join(tmpdir(), 'nix-checks-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const project = `git+file://${repository}`;
const system = 'x86_64-linux';

/** Takes minutes on a slow machine: packages are built. */
const slowly = 600_000;

describe(`the flake's checks${world.why}`, () => {
  test.skipIf(world.missing).each(['package', 'options-doc', 'evidence', 'capture', 'output', 'odd'])(
    '%s',
    async (check) => {
      await nix(['build', '--no-link', `${project}#checks.${system}.${check}`]);
    },
    slowly,
  );

  test.skipIf(world.missing)(
    'building the output again gives the same bytes',
    async () => {
      const output = `${project}#checks.${system}.output.output`;
      await nix(['build', '--no-link', output]);
      await nix(['build', '--no-link', '--rebuild', output]);
    },
    slowly,
  );

  test.skipIf(world.missing)('every output is there and of its kind', async () => {
    const outputs = JSON.parse(await nix(['flake', 'show', '--json', project]));
    expect(Object.keys(outputs.inventory ?? outputs).sort()).toEqual([
      'apps',
      'checks',
      'devShells',
      'formatter',
      'homeModules',
      'lib',
      'nixosModules',
      'overlays',
      'packages',
      'templates',
    ]);
  });
});

describe('the npm packages', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));

  test('the lock file names no place to download from, and every package has its hash', () => {
    const packages = Object.entries<{ resolved?: string; integrity?: string }>(lock.packages).filter(([name]) => name);
    expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, entry]) => entry.integrity === undefined)).toEqual([]);
  });

  test.skipIf(world.missing)(
    `the fixed hash is that of what npm installs from the lock file${world.why}`,
    async () => {
      const folder = join(scratch, 'npm');
      await mkdir(folder);
      for (const file of ['package.json', 'package-lock.json']) await cp(join(repository, file), join(folder, file));
      for (const file of ['user', 'global']) writeFileSync(join(scratch, file), '');
      const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
      execFileSync('npm', args, {
        cwd: folder,
        stdio: 'ignore',
        env: {
          ...process.env,
          npm_config_userconfig: join(scratch, 'user'),
          npm_config_globalconfig: join(scratch, 'global'),
        },
      });
      rmSync(join(folder, 'node_modules/.package-lock.json'));
      const tree = join(scratch, 'tree');
      await mkdir(tree);
      execFileSync('cp', ['-r', join(folder, 'node_modules'), tree]);
      const hash = await nix(['hash', 'path', tree], []);
      const stated = readFileSync(join(repository, 'nix/npm-deps.nix'), 'utf8').match(/outputHash = "(.*)"/)?.[1];
      expect(hash, 'to mend it, put this hash into nix/npm-deps.nix').toBe(stated);
    },
    slowly,
  );
});

describe('the templates build as they are, with what they say', () => {
  const template = async (name: string) => {
    const folder = join(scratch, name);
    await cp(join(repository, 'templates', name), folder, { recursive: true });
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
    ])
      execFileSync('git', args, { cwd: folder });
    return `git+file://${folder}`;
  };
  const ours = ['--override-input', 'nixos-intelligence', project];

  test.skipIf(world.missing)(
    `nixos${world.why}`,
    async () => {
      const attribute = 'nixosConfigurations.laptop.config.system.build.nixosIntelligence';
      const output = await nix([
        'build',
        '--no-link',
        '--print-out-paths',
        `${await template('nixos')}#${attribute}`,
        ...ours,
      ]);
      const context = readFileSync(join(output, 'me/CLAUDE.md'), 'utf8');
      expect(context).toContain('sudo nixos-rebuild switch --flake /home/me/nixos-config#laptop');
      expect(context).toMatch(/\*\*ripgrep\*\* \(`rg`\)/);
    },
    slowly,
  );

  test.skipIf(worldWithHomes.missing)(
    `home-manager${worldWithHomes.why}`,
    async () => {
      const attribute = 'homeConfigurations.me.config.programs.nixos-intelligence.output';
      const url = `${await template('home-manager')}#${attribute}`;
      const output = await nix(['build', '--no-link', '--print-out-paths', url, ...ours], ['nixpkgs', 'home-manager']);
      const context = readFileSync(join(output, 'CLAUDE.md'), 'utf8');
      expect(context).toContain('home-manager switch --flake /home/me/home-config#me');
      expect(context).toMatch(/\*\*ripgrep\*\* \(`rg`\)/);
    },
    slowly,
  );
});

describe('the shipped example is what its template evaluates to', () => {
  const shipped = join(repository, 'generators/example');
  test.skipIf(world.missing)(
    `but for store hashes and revisions${world.why}`,
    async () => {
      const folder = join(scratch, 'example');
      await cp(join(repository, 'templates/nixos'), folder, { recursive: true });
      for (const args of [
        ['init', '-q'],
        ['add', '-A'],
      ])
        execFileSync('git', args, { cwd: folder });
      const attribute = 'nixosConfigurations.laptop.config.programs.nixos-intelligence.users.me.output.evidence';
      const evidence = await nix([
        ...['build', '--no-link', '--print-out-paths', `git+file://${folder}#${attribute}`],
        ...['--override-input', 'nixos-intelligence', project],
      ]);
      const told = (from: string) => {
        const { packages, options, aliases } = JSON.parse(readFileSync(join(from, 'evaluated.json'), 'utf8'));
        const commands = JSON.parse(readFileSync(join(from, 'commands.json'), 'utf8'));
        return { packages, options, aliases, commands };
      };
      expect(told(shipped), 'to mend it: test/nix/update-example.sh').toEqual(told(evidence));
    },
    slowly,
  );
});

const formatters = requires('nixfmt', 'deadnix', 'statix');
test.skipIf(formatters.missing)(`Nix files are formatted and hold nothing unused${formatters.why}`, () => {
  const files = execFileSync('git', ['ls-files', '*.nix'], { cwd: repository, encoding: 'utf8' }).trim().split('\n');
  execFileSync('nixfmt', ['--check', ...files], { cwd: repository });
  execFileSync('deadnix', ['--fail', '--no-lambda-pattern-names', ...files], { cwd: repository });
  execFileSync('statix', ['check', '.'], { cwd: repository });
});
