import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nix, repository, requiresNix } from '../../nix/world.ts';
import { questionHostFlake, secret, secretOptions } from './question-host.ts';

const missing = requiresNix('nixpkgs', 'home-manager');
const scratch = mkdtempSync(join(tmpdir(), 'questions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const cli = join(repository, 'dist/cli.mjs');

interface Answer {
  text: string;
  status: number | null;
}

function ask(dir: string, args: readonly string[]): Answer {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args, '--dir', dir], { encoding: 'utf8' });
  return { text: `${stdout}${stderr}`, status };
}

/** A question, the command that answers it, the exit status, and what the answer contains. */
type Row = readonly [question: string, command: string, status: number, answer: RegExp];

/** The numbers are those of the list of questions; each has its command and its answer. */
const rows: readonly Row[] = [
  ['1 search packages', 'search --in packages ripgrep', 0, /^package ripgrep: /],
  ['2 search options, the service first', 'search --in options nginx', 0, /^option services\.nginx\.enable/],
  ['3 search programs, three results', 'search vim --limit 3', 0, /^(?:.+\n){3}\d+ more/],
  ['4 nothing found', 'search xyznonexistent12345', 1, /^nothing found for xyznonexistent12345$/m],
  ['5 a package', 'package ripgrep', 0, /^ripgrep 1\d.*, installed for all users\n {2}configuration\.nix:38$/m],
  [
    '6 an option',
    'option services.nginx.enable',
    0,
    /^services\.nginx\.enable \(system\): boolean\n {2}no enabled part/,
  ],
  ['7 no such package', 'package nonexistentpkg123', 1, /is not installed/],
  ['8 counts', 'search --count', 0, /^\d{5} options \(\d+ set\), \d+ packages, \d+ commands$/m],
  ['9 search options of home-manager', 'search --in options git', 0, /^option programs\.git\.enable \(home, set\)/],
  [
    '10 an option of home-manager',
    'option programs.git.enable',
    0,
    /^programs\.git\.enable \(home\): boolean\n {2}value: true/,
  ],
  ['11 counts of options', 'search --count --in options git', 0, /^\d+ options, 0 packages, 0 commands$/m],
  ['12 all below', 'option --all programs.git.', 0, /^ {2}programs\.git\.lfs\.package \(home\)$/m],
  ['13 the categories', 'option', 0, /^services \d+ \(\d+ set\), programs \d+/],
  ['14 an unknown option', 'option programs.gti.enable', 1, /^no option .*\n {2}programs\.git\.enable/],
  ['15 inputs', 'input', 0, /^home-manager [0-9a-f]{12} of 20\d\d-/],
  ['16 files of an input', 'input vault --flake FLAKE', 0, /^flake\.nix {2}lib\/ {2}module\.nix$/m],
  ['17 files of a folder in it', 'input vault lib --flake FLAKE', 0, /^names\.nix$/m],
  ['18 a file of an input', 'input vault module.nix --flake FLAKE', 0, /^ {2}options\.vault = \{$/m],
  [
    '19 its first lines',
    'input vault module.nix --lines 2 --flake FLAKE',
    0,
    /^\{ lib, \.\.\. \}:\n\{\n\d+ more lines/,
  ],
  ['20 an empty name of an input', 'input ""', 2, /expected NAME and PATH/],
  ['21 an empty path', 'input vault ""', 2, /expected NAME and PATH/],
  ['22 an unknown input', 'input volt', 1, /^no input volt; there are /],
  ['23 another module: an option', 'option vault.keyFile', 0, /^vault\.keyFile \(system\): null or string\n/],
  ['24 another module: what is set', 'option vault.enable', 0, /value: true, set in configuration\.nix:27/],
  ['25 another module: inside a submodule', 'option vault.secrets.mail.owner', 0, /string\n {2}value: not shown/],
  ['26 another module: all of it', 'option vault', 0, /^vault: 6 options below it, 4 set$/m],
  ['27 placeholders', 'option users.users.<name>.shell', 0, /^users\.users\.<name>\.shell \(system\): null or package/],
  ['28 a deep name', 'option services.nginx.virtualHosts.<name>.locations.<name>.proxyPass', 0, /null or string/],
  ['29 type, default, example', 'option services.openssh.ports', 0, /default: \[ 22 \]/],
  ['30 no markup', 'option services.openssh.settings', 0, /^(?![\s\S]*(?:\{option\}|\]\())/],
  ['31 near names', 'option services.ngnix.enable', 1, /similar names:\n {2}services\.nginx\.enable/],
  ['32 a value', 'option services.openssh.settings.PermitRootLogin', 0, /value: ("no"|not shown)/],
  [
    '33 not set: the default',
    'option services.openssh.startWhenNeeded',
    0,
    /no enabled part .* sets it\n {2}default: false/,
  ],
  ['34 file and line', 'option services.openssh.enable', 0, /set in configuration\.nix:24$/m],
  [
    '35 two files',
    'option networking.firewall.allowedTCPPorts',
    0,
    /\[ 22 80 443 \], set in configuration\.nix:26, forced\.nix:4/,
  ],
  ['36 mkForce', 'option services.openssh.settings.X11Forwarding', 0, /value: false, set in forced\.nix:3 \(mkForce\)/],
  [
    '37 an own option',
    'option lamp.brightness',
    0,
    /value: 7, set in configuration\.nix:29[\s\S]*declared in lamp\.nix:4/,
  ],
  ['38 a renamed option', 'option services.xserver.layout', 0, /was renamed to services\.xserver\.xkb\.layout/],
  ['39 a removed option', 'option boot.loader.grub.extraInitrd', 1, /was removed: This option has been replaced/],
  ['40 read only', 'option lamp.serial', 0, /lib\.types\.str, read only/],
  ['41 an instance', 'option users.users.me.isNormalUser', 0, /value: true, set in configuration\.nix:8/],
  ['42 a package from an overlay', 'package jq', 0, /^jq 9\.9, installed/],
  [
    '43 an overridden version beside the plain one: an overlay',
    'package jq',
    0,
    /^ {2}defined by the overlay in configuration\.nix:35; nixpkgs has 1\.\d/m,
  ],
  ['43 in the list itself', 'package fd', 0, /^ {2}version from configuration\.nix:40; nixpkgs has 10\.\d/m],
  [
    '44 from a second nixpkgs',
    'package bat',
    0,
    /, as unstable\.bat\n.*:39\n {2}defined by the overlay in overlay\.nix:2; from the input newer; nixpkgs has 0\.\d/,
  ],
  ['44 from an input of an input', 'package deeply', 0, /^ {2}defined by the overlay in newer\/deep:flake\.nix:4$/m],
  [
    'a package as a value: its attribute',
    'option services.postgresql.package',
    0,
    /value: pkgs\.postgresql_15, set in forced\.nix:5 \(mkForce\)/,
  ],
  [
    'a package as a value that is no attribute: its name and version',
    'option programs.git.package',
    0,
    /value: git-2\.[\d.]+, set in forced\.nix:7$/m,
  ],
  [
    'an instance below a removed enable',
    'option services.redis.servers.shop.enable',
    0,
    /value: true, set in forced\.nix:6$/m,
  ],
  ['45 installed, for whom, where', 'package tree', 0, /installed for me\n {2}configuration\.nix:11/],
  ['46 which package has a command', 'command rg', 0, /^rg: command of ripgrep/],
  [
    '47 unfree',
    'package closed',
    0,
    /^ {2}unfree \(unfree\); the configuration sets nixpkgs\.config\.allowUnfreePredicate in configuration\.nix:31$/m,
  ],
  [
    '47 insecure',
    'package leaky',
    0,
    /^ {2}insecure \(CVE-2026-1: reads too much\); .* nixpkgs\.config\.permittedInsecurePackages in configuration\.nix:32$/m,
  ],
  ['47 broken', 'package halved', 0, /^ {2}broken; .* nixpkgs\.config\.allowBroken in configuration\.nix:33$/m],
  [
    '48 home-manager in NixOS',
    'option home-manager.users.me.programs.git.signing.format',
    0,
    /"ssh", set in configuration\.nix:20/,
  ],
  [
    '49 three attributes of one pname',
    'package compiler',
    0,
    /^compiler 1\.0, .*, as compiler_1\n.*:12\n[\s\S]*^compiler 2\.0, .*, as compiler_2\n.*:13\n[\s\S]*^compiler 3\.0, .*, as compiler_3\n.*:14\n/m,
  ],
  [
    '51 a wrong name: three near ones',
    'option networking.firewal.enable',
    1,
    /:\n {2}networking\.firewall\.enable.*\n.*\n.*\n$/,
  ],
];

describe.skipIf(missing.missing)(`questions about an evaluated system${missing.why}`, () => {
  let output: string;
  let outputOfAll: string;
  let flake: string;

  beforeAll(async () => {
    const url = questionHostFlake(scratch);
    flake = join(scratch, 'config');
    execFileSync('nix', ['flake', 'lock', '--offline', url.replace('git+file://', '')], { stdio: 'ignore' });
    execFileSync('git', ['-C', flake, 'add', '-A']);
    const built = await nix(['build', '--no-link', '--print-out-paths', `${url}#built`, `${url}#builtAll`], []);
    [output = '', outputOfAll = ''] = built.split('\n');
  }, 600_000);

  test.each(rows)('%s: %s', (_, command, status, answer) => {
    const args = command.split(' ').map((word) => (word === '""' ? '' : word.replace('FLAKE', flake)));
    const { text, status: found } = ask(output, args);
    expect(text).toMatch(answer);
    expect(found).toBe(status);
    if (!args.includes('--all')) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
  });

  test.each(['wrong-names.tsv', 'more-wrong-names.tsv'])(
    'at least 54 of 60 wrong names find the right one among the first three: %s',
    (table) => {
      const names = readFileSync(new URL(table, import.meta.url), 'utf8')
        .trim()
        .split('\n');
      const wrong = names
        .map((line) => line.split('\t'))
        .filter(([, name, right]) => {
          const { text } = ask(output, ['option', name ?? '']);
          const found = text
            .split('\n')
            .slice(0, 4)
            .flatMap((one) => one.match(/[\w-]+(?:\.[\w<>*-]+)+|^ {2}sound\b/g) ?? []);
          return !found
            .slice(text.startsWith('no option') ? 1 : 0)
            .some((one) => one === right || one.startsWith(`${right}.`));
        });
      expect(names).toHaveLength(60);
      expect(wrong.length, wrong.map(([, name]) => name).join(', ')).toBeLessThanOrEqual(6);
    },
  );

  test('an option that is set below what is not enabled: only with `index.values = "all"`', () => {
    const args = ['option', 'services.jellyfin.openFirewall'];
    expect(ask(output, args).text).toContain('no enabled part');
    expect(ask(outputOfAll, args).text).toContain('value: true, set in configuration.nix:24');
  });

  test('a value that is not shown: nowhere in the output, and printed by --live', async () => {
    const live = ['option', 'home.sessionVariables.SECRET_TOKEN', '--live', '--flake', `${flake}#desk`];
    expect(ask(output, live).text).toContain('"hunter2-session"');
    expect(spawnSync('grep', ['-rl', 'hunter2-session', output], { encoding: 'utf8' }).stdout).toBe('');
  });

  test('secrets in options of every type: none in the output, all printed by --live', () => {
    expect(secretOptions).toHaveLength(48);
    for (const folder of [output, outputOfAll]) {
      expect(spawnSync('grep', ['-rl', secret, folder], { encoding: 'utf8' }).stdout).toBe('');
    }
    const answer = ask(output, ['option', ...secretOptions, '--live', '--flake', `${flake}#desk`, '--json']);
    const answers: { name: string; set: boolean; value: string }[] = JSON.parse(answer.text);
    expect(answers.map(({ name }) => name)).toEqual(secretOptions);
    for (const { name, set, value } of answers) {
      expect({ name, set, shown: value.includes(secret) }).toEqual({ name, set: true, shown: true });
    }
  }, 600_000);

  test('without data, another version and another host: the command that supplies it', () => {
    expect(ask(join(scratch, 'nothing'), ['option', 'x']).status).toBe(2);
    const { stderr, status } = spawnSync(process.execPath, [cli, 'option', 'x'], {
      encoding: 'utf8',
      env: { ...process.env, CLAUDE_CONFIG_DIR: output },
    });
    expect(stderr).toMatch(/expected the output of this host, `.*`, got that of `desk`\n.*rebuild/);
    expect(status).toBe(2);
  });
});
