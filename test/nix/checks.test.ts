import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nix, repository, repositoryUrl, requiresNix } from './world.ts';

const world = requiresNix('nixpkgs');
const worldWithHomes = world.missing ? world : requiresNix('nixpkgs', 'home-manager');
const scratch = mkdtempSync(join(tmpdir(), 'nix-checks-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const project = repositoryUrl;
const checks = `${project}#checks.x86_64-linux`;

const evaluate = async (attribute: string, apply: string) =>
  JSON.parse(await nix(['eval', '--json', attribute, '--apply', apply]));

const names: string[] = world.missing ? [] : await evaluate(checks, 'builtins.attrNames');

describe.skipIf(world.missing)(`the flake's checks${world.why}`, () => {
  // Evaluated together, because they share hosts. `null` if the evaluation of a check fails.
  let derivations: Record<string, string | null> = {};
  beforeAll(async () => {
    derivations = await evaluate(
      checks,
      `builtins.mapAttrs (_: check:
        let result = builtins.tryEval (builtins.unsafeDiscardStringContext check.drvPath);
        in if result.success then result.value else null)`,
    );
  });

  test.each(names)('%s', async (name) => {
    const derivation = derivations[name];
    await nix(['build', '--no-link', derivation ? `${derivation}^*` : `${checks}.${name}`]);
  });

  test('building the output again gives the same bytes', async () => {
    const output = await nix(['build', '--no-link', '--print-out-paths', `${checks}.output.output`]);
    const [derivation] = (await nix(['path-info', '--derivation', output], [])).split('\n');
    await nix(['build', '--no-link', '--rebuild', `${derivation}^*`], []);
  });
});

test.skipIf(world.missing)(`the flake has these outputs, and they evaluate${world.why}`, async () => {
  const outputs = await evaluate(
    `${project}#.`,
    `outputs: {
      names = builtins.attrNames outputs;
      app = outputs.apps.x86_64-linux.default.type;
      derivations = builtins.map (package: package.type) [
        outputs.packages.x86_64-linux.default
        outputs.devShells.x86_64-linux.default
        outputs.formatter.x86_64-linux
      ];
      templates = builtins.all (template: builtins.pathExists template.path)
        (builtins.attrValues outputs.templates);
    }`,
  );
  expect(outputs).toEqual({
    names: [
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
    ],
    app: 'app',
    derivations: Array(3).fill('derivation'),
    templates: true,
  });
});

describe('the npm packages', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));

  test('the lock file has no download addresses and a hash for every package', () => {
    const packages = Object.entries<{ resolved?: string; integrity?: string }>(lock.packages).filter(([name]) => name);
    expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, entry]) => entry.integrity === undefined)).toEqual([]);
  });

  test.skipIf(world.missing)(
    `the hash in nix/npm-deps.nix is that of what npm installs from the lock file${world.why}`,
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
      execFileSync('find', ['node_modules', '-type', 'd', '-empty', '-delete'], { cwd: folder });
      const tree = join(scratch, 'tree');
      await mkdir(tree);
      execFileSync('mv', [join(folder, 'node_modules'), tree]);
      const hash = await nix(['hash', 'path', tree], []);
      const stated = readFileSync(join(repository, 'nix/npm-deps.nix'), 'utf8').match(/outputHash = "(.*)"/)?.[1];
      expect(hash, 'to fix it, put this hash into nix/npm-deps.nix').toBe(stated);
    },
  );
});

/** The template as a flake in a git repository of its own. */
async function instantiate(template: string): Promise<string> {
  const folder = join(scratch, template);
  await cp(join(repository, 'templates', template), folder, { recursive: true });
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '-A'], { cwd: folder });
  return `git+file://${folder}`;
}
const ours = ['--override-input', 'nixos-intelligence', project];
const build = ['build', '--no-link', '--print-out-paths'];

describe.skipIf(world.missing)(`the NixOS template${world.why}`, () => {
  let output = '';
  let evidence = '';
  beforeAll(async () => {
    const system = `${await instantiate('nixos')}#nixosConfigurations.laptop.config`;
    const attributes = ['system.build.nixosIntelligence', 'programs.nixos-intelligence.users.me.output.evidence'];
    const paths = await nix([...build, ...attributes.map((attribute) => `${system}.${attribute}`), ...ours]);
    [output = '', evidence = ''] = paths.split('\n');
  });

  test('builds a context with the rebuild command and the tools of the configuration', () => {
    const context = readFileSync(join(output, 'me/CLAUDE.md'), 'utf8');
    expect(context).toContain('sudo nixos-rebuild switch --flake /home/me/nixos-config#laptop');
    expect(context).toMatch(/`rg`/);
  });

  test('has the evidence of generators/example, apart from store hashes and revisions', () => {
    const parts = (folder: string) => {
      const { packages, options, aliases } = JSON.parse(readFileSync(join(folder, 'evaluated.json'), 'utf8'));
      const commands = JSON.parse(readFileSync(join(folder, 'commands.json'), 'utf8'));
      return { packages, options, aliases, commands };
    };
    const example = join(repository, 'generators/example');
    expect(parts(example), 'to fix it: test/nix/update-hosts.sh').toEqual(parts(evidence));
  });
});

test.skipIf(worldWithHomes.missing)(
  `the home-manager template builds a context with the rebuild command and the tools${worldWithHomes.why}`,
  async () => {
    const attribute = 'homeConfigurations.me.config.programs.nixos-intelligence.output';
    const url = `${await instantiate('home-manager')}#${attribute}`;
    const output = await nix([...build, url, ...ours], ['nixpkgs', 'home-manager']);
    const context = readFileSync(join(output, 'CLAUDE.md'), 'utf8');
    expect(context).toContain('home-manager switch --flake /home/me/home-config#me');
    expect(context).toMatch(/`rg`/);
  },
);
