import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openCheckout } from '../../../generators/lookup/diagnose/checkout.ts';
import { diagnose } from '../../../generators/lookup/diagnose/diagnose.ts';
import { diagnosisAnswer } from '../../../generators/lookup/diagnose/diagnosis-json.ts';
import { findCheckout } from '../../../generators/lookup/diagnose/find-checkout.ts';
import { hashSpellings } from '../../../generators/lookup/diagnose/hash-spellings.ts';
import { terminalLines } from '../../../generators/lookup/diagnose/terminal-text.ts';
import { plant } from '../../tree.ts';
import { broken, type Edit } from './laptop.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'diagnose-formats-')));
afterAll(() => rmSync(top, { recursive: true }));

let count = 0;
function checkoutWith(edits: readonly Edit[] = []) {
  count += 1;
  const folder = join(top, String(count));
  plant(folder, broken(edits));
  return openCheckout(folder);
}

async function causesOf(output: string, edits: readonly Edit[] = []) {
  const checkout = checkoutWith(edits);
  const text = output.replaceAll('CHECKOUT', checkout.root);
  return (await diagnosisAnswer(diagnose(terminalLines(text), checkout, null), checkout, null)).causes;
}

/** A path in the store that is not on this machine. */
const source = `/nix/store/${'c'.repeat(32)}-source`;
const nixpkgs = `/nix/store/${'d'.repeat(32)}-source`;
const drv = (name: string) => `/nix/store/${'f'.repeat(32)}-${name}.drv`;
const esc = String.fromCharCode(27);

interface Capture {
  output: string;
  edits?: readonly Edit[];
  expected: object | readonly object[];
}

const services = 'modules/services.nix';
const typo: Edit = [services, 'toString port', 'toString prot'];

const captures: Record<string, Capture> = {
  'the end of an output, as `tail` leaves it': {
    output: `
       … while calling the 'throw' builtin
         at ${nixpkgs}/lib/modules.nix:374:13:
          373|           else
          374|             throw baseMsg
             |             ^

       error: The option \`services.tailscal' does not exist. Definition values:
       - In \`${source}/${services}': true
Did you mean something else?
`,
    edits: [[services, 'services.tailscale.enable', 'services.tailscal.enable']],
    expected: { kind: 'unknown option', file: services, line: 10, option: 'services.tailscal.enable' },
  },
  'Nix 2.18: blank lines around positions, copies in the store': {
    output: `building the system configuration...
error:
       … while calling the 'head' builtin

         at ${nixpkgs}/lib/attrsets.nix:1575:11:

         1574|         || pred here (elemAt values 1) (head values) then
         1575|           head values
             |           ^
         1576|         else

       … while evaluating definitions from \`${source}/modules/services.nix':

       (stack trace truncated; use '--show-trace' to show the full trace)

       error: undefined variable 'prot'

       at ${source}/modules/services.nix:13:54:

           12|     wantedBy = [ "multi-user.target" ];
           13|     serviceConfig.ExecStart = "/bin/hello \${toString prot}";
             |                                                      ^
           14|   };
`,
    edits: [typo],
    expected: {
      kind: 'undefined variable',
      file: services,
      line: 13,
      column: 54,
      advice: ['similar names in this file: port'],
    },
  },
  'Nix 2.34: the URL of a clean flake': {
    output: `error:
       … while evaluating the option \`system.build.toplevel':

       error: undefined variable 'prot'
       at «git+file://CHECKOUT?ref=refs/heads/main&rev=${'a'.repeat(40)}»/modules/services.nix:13:54:
           12|     wantedBy = [ "multi-user.target" ];
`,
    edits: [typo],
    expected: { kind: 'undefined variable', file: services, line: 13 },
  },
  'Nix 2.11: the message before the trace, from the innermost step': {
    output: `error: cannot coerce an integer to a string

       at ${nixpkgs}/lib/strings.nix:3:1:

            2|
            3| x
             | ^

       … while evaluating definitions from \`${source}/modules/services.nix':

       … while evaluating the option \`systemd.services.hello.serviceConfig':

       … while evaluating definitions from \`${nixpkgs}/nixos/modules/system/boot/systemd.nix':
`,
    edits: [],
    expected: { kind: 'wrong type', file: services, line: 13 },
  },
  'coloured, with overwritten progress': {
    output: `\r${esc}[K[0/1 built] evaluating\r${esc}[K${esc}[31;1merror:${esc}[0m undefined variable '${esc}[35;1mprot${esc}[0m'\r\n       ${esc}[34;1mat ${esc}[35;1mCHECKOUT/modules/services.nix:13:54${esc}[0m:\r\n`,
    edits: [typo],
    expected: { kind: 'undefined variable', file: services, line: 13, column: 54 },
  },
  'nix-output-monitor, in the output of nh': {
    output: `> Building NixOS configuration
┏━ 1 Errors:
┃ error:
┃        … while evaluating the option \`system.build.toplevel':
┃
┃        error: Package ‘claude-code-2.0.25’ in ${nixpkgs}/pkgs/by-name/cl/claude-code/package.nix:95 has an unfree license (‘unfree’), refusing to evaluate.
┃
┃        a) To temporarily allow unfree packages, you can use an environment variable
┣━━━
┗━ ∑ ⚠ Exited with 1 errors reported by nix at 11:02:11 after 4s
Error:
   0: Failed to build configuration
   1: Command exited with status Exited(1)

Location:
   src/commands.rs:691
`,
    edits: [['modules/packages.nix', 'jq', 'jq\n    claude-code']],
    expected: { kind: 'unfree package', file: 'modules/packages.nix', line: 7, package: 'claude-code-2.0.25' },
  },
  'newer words of nixpkgs about a refused package': {
    output: `error: Refusing to evaluate package 'claude-code-2.0.25' in ${nixpkgs}/pkgs/x.nix:50 because it has an unfree license (‘unfree’)\n`,
    edits: [['modules/packages.nix', 'jq', 'jq\n    claude-code']],
    expected: { kind: 'unfree package', file: 'modules/packages.nix', line: 7 },
  },
  'a file that Nix 2.18 does not see because git does not track it': {
    output: `error: getting status of '${source}/modules/users.nix': No such file or directory\n`,
    expected: {
      kind: 'untracked file',
      file: 'hosts/laptop.nix',
      line: 6,
      advice: [expect.stringMatching(/^git -C .* add modules\/users\.nix$/)],
    },
  },
  'a builder, before Nix 2.29 and in Lix': {
    output: `error: builder for '${drv('my-tool-1.2')}' failed with exit code 2;
       last 3 log lines:
       > unpacking sources
       > main.c:3: error: expected ';'
       > make: *** [all] Error 1
       For full logs, run 'nix log ${drv('my-tool-1.2')}'.
error: 1 dependencies of derivation '${drv('system-path')}' failed to build
error: 1 dependencies of derivation '${drv('nixos-system-laptop')}' failed to build
`,
    edits: [
      ['modules/packages.nix', 'jq', 'jq\n    (callPackage ../my-tool.nix { })'],
      ['my-tool.nix', null, '{ stdenv }:\nstdenv.mkDerivation {\n  pname = "my-tool";\n}\n'],
    ],
    expected: [
      {
        kind: 'failed builder',
        file: 'my-tool.nix',
        line: 3,
        message: 'the builder of my-tool-1.2 failed with exit code 2',
        log: ['unpacking sources', "main.c:3: error: expected ';'", 'make: *** [all] Error 1'],
      },
    ],
  },
  'a hash that is written in base 32': {
    output: `error: hash mismatch in fixed-output derivation '${drv('source')}':
         specified: sha256-Qn+Tyv2cwZvm7sA+WQycbN+faIperyH6jXI1HisV/QU=
            got:    sha256-${'B'.repeat(43)}=
`,
    edits: [['modules/packages.nix', 'jq', 'jq # 01gx2lmiwdbjipx23bsyi9l9zpvckh65jgn0xvk9phcwzp596zs2']],
    expected: { kind: 'hash mismatch', file: 'modules/packages.nix', line: 6 },
  },
  'two packages with the same file': {
    output: `error: Cannot build '${drv('home-manager-path')}'.
       Reason: builder failed with exit code 25.
       Last 1 log lines:
       > pkgs.buildEnv error: two given paths contain a conflicting subpath:
       >   \`/nix/store/${'a'.repeat(32)}-jq-1.8/bin/jq' and
       >   \`/nix/store/${'b'.repeat(32)}-fd-10/bin/jq'
`,
    expected: {
      kind: 'package collision',
      message: 'jq-1.8 and fd-10 both have bin/jq, in home-manager-path',
      file: 'modules/packages.nix',
      line: 6,
      others: [{ file: 'modules/packages.nix', line: 5 }],
    },
  },
  'home-manager, as a service of NixOS: a file in the way': {
    output: `Nov 28 11:00:00 laptop hm-activate-me[812]: Activating checkLinkTargets
Nov 28 11:00:00 laptop hm-activate-me[812]: Existing file '/home/me/.inputrc' would be clobbered
Nov 28 11:00:00 laptop systemd[1]: home-manager-me.service: Main process exited, code=exited, status=1/FAILURE
`,
    expected: {
      kind: 'file in the way',
      file: 'home/me.nix',
      line: 8,
      option: 'home.file.".inputrc".text',
    },
  },
  'home-manager: an old backup in the way': {
    output: `Existing file '/home/me/.inputrc.backup' would be clobbered by backing up '/home/me/.inputrc'\n`,
    expected: {
      kind: 'file in the way',
      file: 'home/me.nix',
      advice: ['an earlier backup is in the way: move `/home/me/.inputrc.backup` elsewhere'],
    },
  },
  'a unit that fails after the switch': {
    output: `activating the configuration...
starting the following units: hello.service
warning: the following units failed: hello.service
× hello.service
     Loaded: loaded (/etc/systemd/system/hello.service; enabled)
warning: error(s) occurred while switching to the new configuration
`,
    expected: { kind: 'failed unit', file: services, line: 11, option: 'systemd.services.hello' },
  },
  'an unknown option in words of older nixpkgs': {
    output: `error: The option \`services.openssh.portz' defined in \`${source}/modules/services.nix' does not exist.\n`,
    edits: [[services, 'ports', 'portz']],
    expected: { kind: 'unknown option', file: services, line: 8, option: 'services.openssh.portz' },
  },
  'an option without a value': {
    output: `error: The option \`users.users.me.home' was accessed but has no value defined. Try setting the option.\n`,
    expected: { kind: 'missing definition', file: 'modules/users.nix', line: 3 },
  },
  'callPackage: an argument that no package has': {
    output: `error: evaluation aborted with the following error message: 'lib.customisation.callPackageWith: Function called without required argument "libfoo" at ${source}/my-tool.nix:1, did you mean "libfpx"?'\n`,
    edits: [['my-tool.nix', null, '{ stdenv, libfoo }: stdenv.mkDerivation { }\n']],
    expected: { kind: 'missing argument', file: 'my-tool.nix', line: 1 },
  },
  'a collision of two definitions in Lix': {
    output: `error:
       … while evaluating the option \`time.timeZone':

       error: The option \`time.timeZone' has conflicting definition values:
       - In \`${source}/hosts/laptop.nix': "Europe/Rome"
       - In \`${source}/modules/services.nix': "Europe/Paris"
       Use \`lib.mkForce value\` or \`lib.mkDefault value\` to change the priority on any of these definitions.
`,
    edits: [
      ['hosts/laptop.nix', 'networking.hostName', 'time.timeZone = "Europe/Rome"; networking.hostName'],
      [services, 'services.tailscale', 'time.timeZone = "Europe/Paris"; services.tailscale'],
    ],
    expected: {
      kind: 'conflicting definitions',
      file: 'hosts/laptop.nix',
      line: 14,
      option: 'time.timeZone',
      others: [{ file: services, line: 10 }],
    },
  },
  'a string without its end: the line where it begins': {
    output: `error: syntax error, unexpected '"', expecting ';'\n       at CHECKOUT/hosts/laptop.nix:16:25:\n`,
    edits: [['hosts/laptop.nix', 'hostName = "laptop";', 'hostName = "laptop;']],
    expected: { kind: 'syntax', file: 'hosts/laptop.nix', line: 14 },
  },
  'a package that a file has which nothing imports, too': {
    output: `error: Package ‘claude-code-2.0.25’ in ${nixpkgs}/x.nix:95 has an unfree license (‘unfree’), refusing to evaluate.\n`,
    edits: [
      ['modules/packages.nix', 'jq', 'jq\n    claude-code'],
      ['hosts/another.nix', null, '{ pkgs, ... }: { environment.systemPackages = [ pkgs.claude-code ]; }\n'],
    ],
    expected: { kind: 'unfree package', file: 'modules/packages.nix', line: 7 },
  },
  'a truncated trace without a step in the configuration': {
    output: `error:
       … while evaluating the option \`system.build.toplevel':

       (stack trace truncated; use '--show-trace' to show the full, detailed trace)

       error: cannot coerce an integer to a string: 12
`,
    expected: { kind: 'wrong type', advice: ['the trace is truncated: run the command again with --show-trace'] },
  },
  'no daemon': {
    output: `error: cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Connection refused\n`,
    expected: { kind: 'daemon' },
  },
  'no network': {
    output: `warning: error: unable to download 'https://cache.example.org/nix-cache-info': Could not resolve hostname (6); retrying in 293 ms
error: unable to download 'https://github.com/a/b/archive/c.tar.gz': HTTP error 404
`,
    expected: { kind: 'network', advice: ['there is no such file: correct the URL or the revision'] },
  },
  'a full disk': {
    output: `error: writing to file: No space left on device\n`,
    expected: { kind: 'disk' },
  },
  'a repository of another user': {
    output: `error: repository path '/etc/nixos' is not owned by current user\n`,
    expected: { kind: 'permission' },
  },
  'nixos-rebuild-ng: what follows Nix is left out': {
    output: `warning: Git tree 'CHECKOUT' is dirty
error: cannot find flake 'flake:sops' in the flake registries
Command '['nix', '--extra-experimental-features', 'nix-command flakes', 'build', '.#x']' returned non-zero exit status 1.
`,
    expected: [{ kind: 'missing input', message: "cannot find flake 'flake:sops' in the flake registries" }],
  },
  'several assertions': {
    output: `error:
       Failed assertions:
       - tailscale needs a key
         in a file.
       - The option definition \`sound' in \`${source}/modules/services.nix' no longer has any effect; please remove it.
         Nothing replaces it.
`,
    edits: [
      [
        services,
        'services.tailscale.enable = true',
        'sound.enable = true;\n  assertions = [ { assertion = false; message = "tailscale needs a key\nin a file."; } ]',
      ],
    ],
    expected: [
      { kind: 'assertion', message: 'tailscale needs a key in a file.' },
      { kind: 'removed option', file: services, line: 10 },
    ],
  },
};

describe('formats of several versions and programs', () => {
  test.each(Object.entries(captures))('%s', async (_, { output, edits, expected }) => {
    const causes = await causesOf(output, edits);
    if (Array.isArray(expected)) expect(causes).toMatchObject(expected);
    else expect(causes[0]).toMatchObject(expected);
  });
});

test('a path of an input that the checkout has, too, is not taken for one of the checkout', async () => {
  const paths = ['lib/modules.nix:1:1', 'nixos/default.nix:1:1', 'flake.nix:9:1'].map(
    (path) => `… x\n         at ${nixpkgs}/${path}:`,
  );
  const [cause] = await causesOf(
    `error:\n       ${paths.join('\n       ')}\n       error: infinite recursion encountered\n`,
  );
  expect(cause).toMatchObject({ kind: 'infinite recursion' });
  expect(cause).not.toHaveProperty('file');
});

test('the last lines that matter, where nothing is recognised', async () => {
  const lines = terminalLines('warning: x\nbuilding y\nunpacking z\nSegmentation fault (core dumped)\n');
  expect(diagnose(lines, checkoutWith(), null)).toMatchObject({
    causes: [],
    lastLines: ['building y', 'Segmentation fault (core dumped)'],
  });
});

test('warnings are no errors', async () => {
  expect(
    await causesOf(`warning: Git tree 'CHECKOUT' is dirty
evaluation warning: The option \`services.x' defined in \`${source}/hosts/laptop.nix' has been renamed to \`services.y'.
trace: warning: y is deprecated
`),
  ).toEqual([]);
});

test('the checkout is the dirty flake, else the folder that has what the output names', () => {
  const [dirty, other] = [checkoutWith(), checkoutWith()];
  expect(findCheckout([`warning: Git tree '${dirty.root}' is dirty`], other.root, null)?.root).toBe(dirty.root);
  expect(findCheckout([`at ${dirty.root}/flake.nix:1:1:`], other.root, dirty.root)?.root).toBe(dirty.root);
  expect(findCheckout(['error: x'], other.root, dirty.root)?.root).toBe(other.root);
  expect(findCheckout(['error: x'], top, null)).toBeNull();
});

test('hashes in the ways to write them', () => {
  expect(hashSpellings('sha256-Qn+Tyv2cwZvm7sA+WQycbN+faIperyH6jXI1HisV/QU=')).toEqual([
    'sha256-Qn+Tyv2cwZvm7sA+WQycbN+faIperyH6jXI1HisV/QU=',
    '427f93cafd9cc19be6eec03e590c9c6cdf9f688a5eaf21fa8d72351e2b15fd05',
    '01gx2lmiwdbjipx23bsyi9l9zpvckh65jgn0xvk9phcwzp596zs2',
    'sha256-Qn+Tyv2cwZvm7sA+WQycbN+faIperyH6jXI1HisV/Q',
  ]);
});

test('no text makes it throw', async () => {
  const checkout = checkoutWith();
  const pieces = Object.values(captures).flatMap(({ output }) => output.split('\n'));
  const line = fc.oneof(fc.constantFrom(...pieces), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const found = diagnose(terminalLines(lines.join('\n')), checkout, null);
      await diagnosisAnswer({ ...found, causes: found.causes.slice(0, 2) }, checkout, null);
    }),
    { numRuns: 60 },
  );
});
