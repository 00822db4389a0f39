import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../generators/evidence/flake/configuration.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { type Requirement, requirement, requiresUsableNix } from '../requires.ts';
import { plantEvidence, sampleCommands, sampleEvaluated } from '../sample-evidence.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'preview-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function preview(args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [cli, 'preview', ...args], {
    cwd: scratch,
    env: { ...process.env, NIXOS_INTELLIGENCE_FLAKE: '', ...env },
    encoding: 'utf8',
  });
}

describe.skipIf(!existsSync(cli))('preview (skipped without `npm run build`)', () => {
  test('without arguments: writes and prints the example', () => {
    const { status, stdout, stderr } = preview([]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# This machine\n/);
    expect(stdout).toBe(readFileSync(join(scratch, 'preview/CLAUDE.md'), 'utf8'));
    expect(stderr).toMatch(/^\nAn example: host /);
    expect(stderr).toMatch(/Evidence used:\n {2}evaluated\.json\n/);
    expect(stderr).toContain('Written to preview');
  });

  test('the README quotes lines of the example in their order', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = /```markdown\n([\s\S]*?)```/
      .exec(readme)?.[1]
      ?.split('\n')
      .filter((line) => !['', '…'].includes(line));
    const lines = preview([]).stdout.split('\n');
    expect(shown?.length).toBeGreaterThan(5);
    expect(lines.filter((line) => shown?.includes(line))).toEqual(shown);
  });

  test('--json prints the manifest, --max-lines holds', () => {
    const { stdout } = preview(['--json', '--out', 'small', '--max-lines', '30']);
    expect(JSON.parse(stdout).generator.name).toBe('nixos-intelligence');
    expect(readFileSync(join(scratch, 'small/CLAUDE.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  test('--live reads this machine and writes nothing without --out', () => {
    const empty = mkdtempSync(join(scratch, 'live-'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'preview', '--live'], {
      cwd: empty,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^\nRead live from this machine /);
    expect(stderr).toContain('No configuration was evaluated');
    expect(stdout).toContain('no configuration was evaluated');
    expect(existsSync(join(empty, 'preview'))).toBe(false);
  });

  test.each([
    [['nonsense'], /expected FLAKE#HOST or FLAKE#user@host, got `nonsense`/],
    [['.#a', '--live'], /expected a configuration or --live, got both/],
    [['--', '--impure'], /expected FLAKE#HOST before `--`/],
    [['--max-lines', 'x'], /--max-lines: /],
  ])('%j is refused', (args, says) => {
    const { status, stderr, stdout } = preview(args);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  test('without nix: the message says what works without it', () => {
    const { status, stderr } = preview(['.#elm'], { PATH: dirname(process.execPath) });
    expect(status).toBe(2);
    expect(stderr).toMatch(/expected `nix` on PATH, got nothing\n {2}without Nix: nixos-intelligence preview/);
  });
});

test.each([
  ['.#elm', { flake: '.', name: 'elm', kind: 'nixosConfigurations' }],
  ['#elm', { flake: '.', name: 'elm', kind: 'nixosConfigurations' }],
  ['github:a/b?ref=x#elm', { flake: 'github:a/b?ref=x', name: 'elm', kind: 'nixosConfigurations' }],
  ['/a b/c#ann@elm', { flake: '/a b/c', name: 'ann@elm', kind: 'homeConfigurations' }],
  ['.#nixosConfigurations.elm', { flake: '.', name: 'elm', kind: 'nixosConfigurations' }],
  ['.#.nixosConfigurations."old.elm"', { flake: '.', name: 'old.elm', kind: 'nixosConfigurations' }],
  ['.#homeConfigurations.ann', { flake: '.', name: 'ann', kind: 'homeConfigurations' }],
  ['.', { flake: '.', name: hostname(), kind: 'nixosConfigurations' }],
  ['.#', { flake: '.', name: hostname(), kind: 'nixosConfigurations' }],
  ['/etc/nixos', { flake: '/etc/nixos', name: hostname(), kind: 'nixosConfigurations' }],
])('%s names a configuration', (text, configuration) => {
  expect(parseConfiguration(text)).toEqual(configuration);
});

/** A flake in the shape of real ones, without nixpkgs: its outputs are folders of the flake itself. */
const nix = requiresBuildsWithHostTools();
describe.skipIf(nix.missing !== null || !existsSync(cli))(`a configuration${nix.why}`, () => {
  const flake = join(scratch, 'flake');
  const url = encodeURI(flake);
  beforeAll(() => {
    const evaluated = sampleEvaluated();
    const { files } = buildOutput(
      {
        evidence: { evaluated, commands: sampleCommands(evaluated) },
        settings: defaultSettings,
        inputs: [{ file: 'evaluated.json', sha256: '0'.repeat(64), takenOn: null }],
        missing: [{ file: 'snapshots/x.json', command: 'nixos-intelligence snapshot x' }],
        rejected: [],
      },
      [],
    );
    plantEvidence(flake, Object.fromEntries([...files].map(([path, text]) => [`out/ann/${path}`, text])));
    plantEvidence(join(flake, 'evidence'), {
      'evaluated.json': JSON.stringify(evaluated),
      'commands.json': JSON.stringify(sampleCommands(evaluated)),
    });
    writeFileSync(join(scratch, 'said.md'), 'Search with `rg`, and list with `eza`.\n');
    plantEvidence(flake, {
      'flake.nix': `{
        outputs = { self }: let
          system = builtins.currentSystem or "${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux";
          copy = from: derivation { name = "out"; inherit system; builder = "/bin/sh"; PATH = "/bin:/usr/bin"; args = [ "-c" "cp -r \${from} $out" ]; };
          host = enable: {
            config = { programs.nixos-intelligence = { inherit enable; users.ann.output.evidence = copy ./evidence; }; users.users.ann.isNormalUser = true; system.build.nixosIntelligence = copy ./out; };
            extendModules = { modules }: builtins.seq (toString (builtins.head modules)) (host true);
          };
        in {
          packages.\${system} = throw "packages do not evaluate";
          legacyPackages = throw "packages do not evaluate";
          darwinConfigurations.mac = { };
          nixosConfigurations.lost = { config = { programs.nixos-intelligence = { enable = true; users.bob.output = { }; }; users.users = { }; }; };
          nixosConfigurations.unbuilt = { config = (host true).config // {
            system.build.nixosIntelligence = derivation { name = "fails"; inherit system; builder = "/bin/sh"; args = [ "-c" "exit 1" ]; };
            programs.nixos-intelligence = { enable = true; users.ann.output = { evidence = copy ./evidence; evaluated = builtins.fromJSON (builtins.readFile ./evidence/evaluated.json); }; };
          }; };
          nixosConfigurations.elm = host true;
          nixosConfigurations.oak = host false;
          nixosConfigurations."old.elm" = host true;
          nixosConfigurations.broken = { config = { }.gone; };
          homeConfigurations.ann = self.homeConfigurations."ann@elm";
          homeConfigurations."ann@elm".config = { home.username = "ann"; programs.nixos-intelligence = { enable = true; output = copy ./out/ann // { evidence = copy ./evidence; }; }; };
        };
      }`,
      'source/nix/nixos.nix': '{ }',
    });
  });

  test.each(['elm', 'old.elm', 'ann@elm', 'ann'])('%s: CLAUDE.md, used and missing evidence', (name) => {
    const { status, stdout, stderr } = preview([`path:${url}#${name}`]);
    expect(stderr).toContain(`path:${url}#${name}, user ann: /nix/store/`);
    expect(stderr).toContain('snapshots/x.json: nixos-intelligence snapshot x');
    expect(stdout).toContain('host `elm`');
    expect(status).toBe(0);
  });

  test.each(['elm', 'oak', 'ann@elm', 'ann'])('check --flake %s: outdated statements', (name) => {
    const args = ['check', '--flake', `path:${url}#${name}`, '--json', 'said.md', '--', '--no-warn-dirty'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: scratch,
      encoding: 'utf8',
      env: { ...process.env, NIXOS_INTELLIGENCE_FLAKE: join(flake, 'source') },
    });
    expect(stderr).toContain(`Evaluating path:${url}#${name}`);
    const { findings } = JSON.parse(stdout) as { findings: { file: string; message: string }[] };
    const said = findings.filter(({ file }) => file === 'said.md');
    expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('`eza`')]);
    expect(status).toBe(1);
  });

  test('check: a user that does not exist', () => {
    const args = ['check', '--flake', `path:${url}#elm`, '--user', 'bob'];
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: scratch, encoding: 'utf8' });
    expect(stderr).toMatch(/no output for the user `bob`\n {2}--user ann/);
    expect(status).toBe(2);
  });

  test('without the module: the module is added for the preview, and a message says so', () => {
    const { stdout, stderr } = preview([`path:${url}#oak`], { NIXOS_INTELLIGENCE_FLAKE: join(flake, 'source') });
    expect(stderr).toContain('the module was added for this preview only');
    expect(stdout).toContain('host `elm`');
    expect(preview([`path:${url}#oak`]).stderr).toContain('`oak` does not enable programs.nixos-intelligence');
  });

  test('a host that does not exist: the message lists the hosts', () => {
    const { status, stderr } = preview([`path:${url}#ash`]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /has no nixosConfigurations\.ash\n {2}it has nixosConfigurations: `broken`, `elm`, `lost`, `oak`, `old\.elm`, `unbuilt`; homeConfigurations: `ann`, `ann@elm`/,
    );
  });

  test('a host with a missing attribute: the message of nix', () => {
    const { status, stderr } = preview([`path:${url}#broken`]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/attribute 'gone' missing/);
    expect(stderr).not.toMatch(/has no nixosConfigurations/);
  });

  test('a configuration of nix-darwin', () => {
    const { status, stderr } = preview([`path:${url}#mac`]);
    expect(stderr).toContain('`mac` is a configuration of nix-darwin, which is not supported');
    expect(status).toBe(2);
  });

  test('an option that names a user who is none', () => {
    const { status, stderr } = preview([`path:${url}#lost`]);
    expect(stderr).toContain('The option `programs.nixos-intelligence.users\' has "bob", which is not a user.');
    expect(status).toBe(2);
  });

  test('a package that cannot be built: what evaluation knows, and what is missing', () => {
    const { status, stdout, stderr } = preview([`path:${url}#unbuilt`]);
    expect(stderr).toContain('The output was made from the evaluation alone');
    expect(stderr).toMatch(/the build of `.*` failed/);
    expect(stderr).toContain('commands.json: a build of all packages of the configuration');
    expect(stdout).toContain('host `elm`');
    expect(status).toBe(0);
  });

  test('a user that does not exist: the message lists the users', () => {
    const { stderr } = preview([`path:${url}#elm`, '--user', 'bob']);
    expect(stderr).toMatch(/no output for the user `bob`\n {2}--user ann/);
  });

  test('a flake that does not exist: the message of nix', () => {
    const { status, stderr } = preview([`path:${url}-none#elm`]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/failed\. nix says:\n/);
  });
});

/** The flake's builds copy with the host's `cp`, which a sandbox does not have. */
function requiresBuildsWithHostTools(): Requirement {
  const nix = requiresUsableNix();
  if (nix.missing !== null) return nix;
  const { stdout } = spawnSync('nix', ['--extra-experimental-features', 'nix-command', 'config', 'show', 'sandbox'], {
    encoding: 'utf8',
  });
  return requirement(stdout.trim() === 'false' ? null : 'Nix builds in a sandbox here');
}
