import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckout } from '../../../generators/lookup/diagnose/checkout.ts';
import { diagnose } from '../../../generators/lookup/diagnose/diagnose.ts';
import { diagnosisAnswer } from '../../../generators/lookup/diagnose/diagnosis-json.ts';
import type { CauseKind } from '../../../generators/lookup/diagnose/kinds.ts';
import { terminalLines } from '../../../generators/lookup/diagnose/terminal-text.ts';
import { flakes, requiresNix } from '../../nix/world.ts';
import { plant } from '../../tree.ts';
import { broken, type Edit, laptop, lineOf } from './laptop.ts';

interface Failure {
  kind: CauseKind;
  edits: readonly Edit[];
  /** The file, and a text of the line that is to be named. */
  at: readonly [file: string, text: string];
  option?: string;
  build?: true;
  home?: true;
}

const packages = 'modules/packages.nix';
const services = 'modules/services.nix';
const host = 'hosts/laptop.nix';
const git = 'home/git.nix';
const enable = 'services.tailscale.enable = true';

const failures: Record<string, Failure> = {
  'a missing semicolon': {
    kind: 'syntax',
    edits: [[services, 'enable = true;\n    ports', 'enable = true\n    ports']],
    at: [services, 'enable = true'],
  },
  'an undefined variable': {
    kind: 'undefined variable',
    edits: [[services, 'toString port', 'toString prot']],
    at: [services, 'prot'],
  },
  'an unknown option': {
    kind: 'unknown option',
    edits: [[services, enable, 'services.tailscal.enable = true']],
    at: [services, 'tailscal.'],
    option: 'services.tailscal.enable',
  },
  'an unknown option of home-manager': {
    kind: 'unknown option',
    edits: [[git, 'settings.user', 'setings.user']],
    at: [git, 'setings'],
    option: 'programs.git.setings.user.name',
  },
  'a removed option': {
    kind: 'removed option',
    edits: [[services, enable, 'sound.enable = true']],
    at: [services, 'sound'],
  },
  'a wrong type': {
    kind: 'wrong type',
    edits: [[services, enable, 'services.tailscale.enable = "yes"']],
    at: [services, 'tailscale'],
    option: 'services.tailscale.enable',
  },
  'an element of a wrong type': {
    kind: 'wrong type',
    edits: [[packages, '    jq\n', '    "jq"\n']],
    at: [packages, '"jq"'],
  },
  'a conflict': {
    kind: 'conflicting definitions',
    edits: [
      [host, 'networking.hostName', 'time.timeZone = "Europe/Rome";\n  networking.hostName'],
      [services, enable, `time.timeZone = "Europe/Paris";\n  ${enable}`],
    ],
    at: [services, 'timeZone'],
    option: 'time.timeZone',
  },
  'a recursion through an option': {
    kind: 'infinite recursion',
    edits: [[services, '= [ 80 ]', '= config.networking.firewall.allowedTCPPorts']],
    at: [services, 'config.networking'],
  },
  'imports that need config': {
    kind: 'infinite recursion',
    edits: [
      [host, '{ pkgs, ... }', '{ config, pkgs, ... }'],
      [host, 'users.nix\n  ]', 'users.nix\n  ] ++ (if config.networking.hostName == "x" then [ ] else [ ])'],
    ],
    at: [host, 'config.networking'],
  },
  'a missing attribute': {
    kind: 'missing attribute',
    edits: [['home/me.nix', 'pkgs.ripgrep', 'pkgs.ripgrepp']],
    at: ['home/me.nix', 'ripgrepp'],
  },
  'an argument that nobody passes': {
    kind: 'missing argument',
    edits: [
      [services, '{ config, lib, ... }', '{ config, lib, secrets, ... }'],
      [services, 'toString port', 'secrets.port'],
    ],
    at: [services, 'secrets, ...'],
  },
  'an input that is not declared': {
    kind: 'missing input',
    edits: [['flake.nix', './hosts/laptop.nix', './hosts/laptop.nix\n          inputs.sops.nixosModules.sops']],
    at: ['flake.nix', 'inputs.sops'],
  },
  'an unfree package': {
    kind: 'unfree package',
    edits: [[packages, 'jq', 'jq\n    claude-code']],
    at: [packages, 'claude-code'],
  },
  'an assertion of NixOS': {
    kind: 'assertion',
    edits: [['modules/users.nix', 'isNormalUser = true', 'isNormalUser = true;\n    isSystemUser = true']],
    at: ['modules/users.nix', 'isSystemUser'],
  },
  'a file that git does not track': {
    kind: 'untracked file',
    edits: [
      [host, '../modules/users.nix', '../modules/users.nix\n    ../modules/new.nix'],
      ['modules/new.nix', null, '{ }\n'],
    ],
    at: [host, 'new.nix'],
  },
  'an option of home-manager in NixOS': {
    kind: 'home-manager option in NixOS',
    edits: [[services, enable, `home.packages = [ ];\n  ${enable}`]],
    at: [services, 'home.packages'],
  },
  'an option of NixOS in a home': {
    kind: 'NixOS option in home-manager',
    edits: [[git, 'programs.git', 'environment.systemPackages = [ ];\n  programs.git']],
    at: [git, 'systemPackages'],
    home: true,
  },
  'a wrong hash': {
    kind: 'hash mismatch',
    edits: [
      [packages, 'jq', `jq\n    (fetchurl { url = "file:///etc/passwd"; sha256 = "sha256-${'A'.repeat(43)}="; })`],
    ],
    at: [packages, 'AAAA'],
    build: true,
  },
  'a builder that fails': {
    kind: 'failed builder',
    edits: [[packages, 'jq', 'jq\n    (runCommand "thing" { } "echo no compiler; exit 2")']],
    at: [packages, '"thing"'],
    build: true,
  },
};

const nix = requiresNix('nixpkgs', 'home-manager');
const top = realpathSync(mkdtempSync(join(tmpdir(), 'diagnose-')));
afterAll(() => rmSync(top, { recursive: true }));

describe.skipIf(nix.missing)(`real failures of Nix are traced to the line that caused them${nix.why}`, () => {
  const lock = join(top, 'lock');
  beforeAll(() => {
    // Locking once is most of the time of a small evaluation.
    repository(lock, laptop);
    run(lock, 'nix', ['flake', 'lock', ...inputs]);
  }, 120_000);

  test.each(Object.entries(failures))(
    '%s',
    async (name, { kind, edits, at: [file, text], option, build, home }) => {
      const folder = join(top, name.replaceAll(' ', '-'));
      const tree = broken(edits);
      repository(folder, laptop);
      plant(folder, tree);
      run(folder, 'cp', [join(lock, 'flake.lock'), '.']);
      run(folder, 'git', ['add', '--intent-to-add', 'flake.lock']);
      const attribute = home
        ? 'homeConfigurations.me.activationPackage'
        : 'nixosConfigurations.laptop.config.system.build.toplevel';
      const args = build ? ['build', '--no-link', `.#${attribute}`] : ['eval', `.#${attribute}.drvPath`];
      const output = run(folder, 'nix', [...args, '--no-write-lock-file', ...inputs]);

      const checkout = openCheckout(folder);
      const { causes } = await diagnosisAnswer(diagnose(terminalLines(output), checkout, null), checkout, null);
      expect(causes[0], output.slice(-3000)).toMatchObject({
        kind,
        file,
        line: lineOf(tree, file, text),
        ...(option === undefined ? {} : { option }),
        changed: { uncommitted: true },
      });
    },
    120_000,
  );
});

const inputs = Object.entries(flakes).flatMap(([name, url]) => ['--override-input', name, url]);

/** A committed checkout. */
function repository(folder: string, tree: typeof laptop): void {
  mkdirSync(folder);
  plant(folder, tree);
  const author = ['-c', 'user.name=Me', '-c', 'user.email=me@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'laptop'],
  ])
    run(folder, 'git', args);
}

function run(folder: string, program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
}
