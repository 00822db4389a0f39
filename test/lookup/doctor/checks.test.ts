import { lutimesSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EvaluatedPackage } from '../../../generators/evidence/evaluated.ts';
import type { ReadEvidence } from '../../../generators/evidence/read-evidence.ts';
import { readSourceFiles } from '../../../generators/evidence/read-source-files.ts';
import { checks as allChecks } from '../../../generators/lookup/doctor/checks.ts';
import { examine } from '../../../generators/lookup/doctor/examine.ts';
import { plant } from '../../tree.ts';
import { lockText, type MadeMachine, madeMachine, outputPath, pluginPath, systemPath } from './made-machine.ts';

/** How full the disk is depends on the machine that tests: disk-space.test.ts. */
const checks = allChecks.filter(({ id }) => id !== 'disk-space');

let made: MadeMachine;
beforeEach(async () => {
  made = await madeMachine();
});
afterEach(() => rmSync(made.root, { recursive: true, force: true }));

/** A change of the healthy machine, by the check that finds it; no other check may find anything. */
interface Case {
  name: string;
  /** Every check with a finding. */
  finds: string[];
  break: (made: MadeMachine) => void;
  says: { evidence?: unknown; fix?: unknown; message?: unknown };
}

const config = '/home/me/nixos-config';
const recent = Date.parse('2026-11-20') / 1000;
const other = (locked: object, inputs: object = {}) => ({
  inputs,
  locked: { type: 'github', owner: 'o', repo: 'r', rev: 'b'.repeat(40), ...locked },
  original: { type: 'github', owner: 'o', repo: 'r' },
});

const cases: Case[] = [
  {
    name: 'a file changed and was committed',
    finds: ['rebuild-pending'],
    break: ({ root, git }) => {
      plant(root, { [`${config}/packages.nix`]: '{ }\n' });
      git('commit', '-qam', 'less');
    },
    says: { evidence: ['packages.nix'], fix: 'sudo nixos-rebuild switch --flake /home/me/nixos-config#laptop' },
  },
  {
    name: 'the lock was updated and committed',
    finds: ['rebuild-pending'],
    break: ({ inRoot, git }) => {
      writeFileSync(inRoot(`${config}/flake.lock`), lockText().replaceAll('a'.repeat(40), 'c'.repeat(40)));
      git('commit', '-qam', 'update');
    },
    says: { evidence: ['flake.lock: nixpkgs aaaaaaaaaaaa -> cccccccccccc'] },
  },
  {
    name: 'a new file that git does not know',
    finds: ['uncommitted'],
    break: ({ root }) => plant(root, { [`${config}/new one.nix`]: '{ }\n' }),
    says: {
      message: '1 file that git does not track; a flake does not see it',
      evidence: ['?? new one.nix'],
      fix: "git -C /home/me/nixos-config add 'new one.nix'",
    },
  },
  {
    name: 'a change that is not committed',
    finds: ['rebuild-pending', 'uncommitted'],
    break: ({ root }) => plant(root, { [`${config}/packages.nix`]: '{ }\n' }),
    says: { evidence: ['packages.nix'] },
  },
  {
    name: 'an input brings a nixpkgs of its own, another follows',
    finds: ['two-nixpkgs'],
    break: ({ inRoot, git }) => {
      const nodes = {
        disko: other({ lastModified: recent }, { nixpkgs: 'nixpkgs_2' }),
        home: other({ lastModified: recent }, { nixpkgs: ['nixpkgs'] }),
        nixpkgs_2: other({ repo: 'nixpkgs', lastModified: recent }),
      };
      writeFileSync(inRoot(`${config}/flake.lock`), lockText({ disko: 'disko', home: 'home' }, nodes));
      git('commit', '-qam', 'inputs');
    },
    says: {
      evidence: ['disko.nixpkgs bbbbbbbbbbbb'],
      fix: 'in flake.nix: inputs.disko.inputs.nixpkgs.follows = "nixpkgs";',
    },
  },
  {
    name: 'an input of the year before, and one that is pinned on purpose',
    finds: ['old-inputs'],
    break: ({ inRoot, git }) => {
      const lastModified = Date.parse('2025-11-20') / 1000;
      const nodes = {
        old: other({ lastModified }),
        pinned: {
          ...other({ lastModified }),
          original: { type: 'github', owner: 'o', repo: 'r', rev: 'b'.repeat(40) },
        },
      };
      writeFileSync(inRoot(`${config}/flake.lock`), lockText({ old: 'old', pinned: 'pinned' }, nodes));
      git('commit', '-qam', 'inputs');
    },
    says: { evidence: ['old: 2025-11-20'], fix: 'nix flake update --flake /home/me/nixos-config old' },
  },
  {
    name: 'the profile was switched for the next boot only',
    finds: ['boot-generation'],
    break: ({ root }) => {
      rmSync(join(root, 'nix/var/nix/profiles/system'));
      plant(root, {
        'nix/store/2222222222222222222222222222222a-nixos-system-laptop-26.11/kernel': '',
        'nix/var/nix/profiles/system-8-link -> /nix/store/2222222222222222222222222222222a-nixos-system-laptop-26.11':
          '',
        'nix/var/nix/profiles/system -> system-8-link': '',
      });
    },
    says: { evidence: [expect.stringContaining('1111'), expect.stringContaining('2222')] },
  },
  {
    name: 'another kernel was booted',
    finds: ['reboot-pending'],
    break: ({ root }) => {
      rmSync(join(root, 'run/booted-system'));
      plant(root, {
        'nix/store/2222222222222222222222222222222a-linux-6.12.50/kernel': '',
        'run/booted-system/kernel -> /nix/store/2222222222222222222222222222222a-linux-6.12.50/kernel': '',
      });
    },
    says: { evidence: [expect.stringMatching(/^kernel: .*-linux-6\.12\.50\/kernel -> .*-linux-6\.12\.54\/kernel$/)] },
  },
  {
    name: 'a CLAUDE.md in the home itself',
    finds: ['home-claude-md'],
    break: ({ root }) => plant(root, { 'home/me/CLAUDE.md': 'Be kind.\n' }),
    says: { evidence: ['~/CLAUDE.md'], fix: 'mkdir -p ~/.claude/rules && mv -n ~/CLAUDE.md ~/.claude/rules/' },
  },
  {
    name: 'nix profile installed something beside home-manager',
    finds: ['profile-entries'],
    break: ({ root }) => {
      const elements = {
        jq: { storePaths: ['/nix/store/2222222222222222222222222222222a-jq-1.8'] },
        home: { storePaths: ['/nix/store/3333333333333333333333333333333a-home-manager-path'] },
      };
      plant(root, { 'home/me/.nix-profile/manifest.json': JSON.stringify({ version: 3, elements }) });
    },
    says: { evidence: ['jq'], fix: 'nix profile remove jq' },
  },
  {
    name: 'nix-env installed something',
    finds: ['profile-entries'],
    break: ({ root }) => plant(root, { 'home/me/.nix-profile/manifest.nix': '[ { meta = { }; name = "jq-1.8"; } ]' }),
    says: { evidence: ['jq-1.8'], fix: 'nix-env --uninstall jq-1.8' },
  },
  {
    name: 'an alias runs a program that no package has',
    finds: ['dead-aliases'],
    break: ({ build }) =>
      build((read) => {
        const { evaluated } = read.evidence;
        const alias = {
          ...{ name: 'll', shell: 'fish' as const, kind: 'alias' as const },
          ...{ commands: ['ezza'], files: ['fish.nix'] },
        };
        const aliases = [...evaluated.aliases, alias, { ...alias, name: 'up', commands: ['cd', 'git'] }];
        return { ...read, evidence: { ...read.evidence, evaluated: { ...evaluated, aliases } } };
      }),
    says: { evidence: ['alias ll runs ezza (fish.nix)'] },
  },
  {
    name: 'a snapshot of the summer, and one that could not be used',
    finds: ['snapshots'],
    break: ({ build }) =>
      build((read) => ({
        ...read,
        inputs: read.inputs.map((one) =>
          one.file === 'snapshots/shell-history.json' ? { ...one, takenOn: '2026-07-01' } : one,
        ),
        rejected: [{ file: 'snapshots/machine.json', reason: 'no JSON' }],
      })),
    says: {
      evidence: ['snapshots/shell-history.json: 2026-07-01', 'snapshots/machine.json: no JSON'],
      fix: 'nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake /home/me/nixos-config#laptop',
    },
  },
  {
    name: 'the plugin is not linked',
    finds: ['policy-hook'],
    break: ({ inRoot }) => rmSync(inRoot('/home/me/.claude/skills/nixos-intelligence')),
    says: { message: 'policies are active, but their hook is not linked' },
  },
  {
    name: 'the hook fails',
    finds: ['policy-hook'],
    break: ({ root, inRoot }) => {
      rmSync(inRoot('/home/me/.claude/skills/nixos-intelligence'));
      plant(root, {
        'home/me/.claude/skills/nixos-intelligence/hooks/hooks.json': JSON.stringify({
          hooks: { PreToolUse: [{ matcher: '.*', hooks: [{ type: 'command', command: 'node /gone/hook.cjs' }] }] },
        }),
      });
    },
    says: {
      message: 'the policy hook does not answer',
      evidence: [expect.anything(), expect.stringMatching(/exit status 1/)],
    },
  },
  {
    name: 'the plugin was deleted from the store',
    finds: ['policy-hook', 'left-behind'],
    break: ({ inRoot }) => rmSync(inRoot(pluginPath), { recursive: true }),
    says: {},
  },
  {
    name: 'an input that no file names, one that another follows, one that is used',
    finds: ['unused-inputs'],
    break: ({ root, git, build }) => {
      const flake = `{
        inputs.nixpkgs.url = "nixpkgs";
        inputs.spare.url = "github:o/spare";
        inputs.base.url = "github:o/base";
        inputs.used.url = "github:o/used";
        inputs.used.inputs.base.follows = "base";
        outputs = { nixpkgs, spare, used, ... }@inputs: {
          nixosConfigurations.laptop = nixpkgs.lib.nixosSystem {
            specialArgs = { inherit inputs; };
            modules = [ used.nixosModules.default ];
          };
        };
      }`;
      const node = other({ lastModified: recent });
      plant(root, {
        [`${config}/flake.nix`]: flake,
        [`${config}/flake.lock`]: lockText(
          { spare: 'spare', base: 'base', used: 'used' },
          { spare: node, base: node, used: node },
        ),
      });
      git('commit', '-qam', 'inputs');
      build((read) => withFiles(read, ['flake.nix'], () => flake));
    },
    says: { evidence: ['flake.nix:3: spare'] },
  },
  {
    name: 'a package that nixpkgs marks as insecure',
    finds: ['insecure-packages'],
    break: ({ build }) =>
      build((read) => withPackage(read, 'ripgrep', { marks: [{ kind: 'insecure', why: ['CVE-2026-0001'] }] })),
    says: { evidence: [expect.stringMatching(/^ripgrep .*: CVE-2026-0001 \(packages\.nix:\d+\)$/)] },
  },
  {
    name: 'a package after the end of its support',
    finds: ['end-of-life'],
    break: ({ build }) => build((read) => withPackage(read, 'ripgrep', { name: 'nodejs_18', version: '18.20.8' })),
    says: { message: 'a package gets no security updates any more', evidence: [expect.stringContaining('2025-04-30')] },
  },
  {
    name: 'a release after the end of its support',
    finds: ['end-of-life'],
    break: ({ build }) =>
      build((read) => {
        const evaluated = { ...read.evidence.evaluated, nixpkgs: { release: '25.11', revision: null } };
        return { ...read, evidence: { ...read.evidence, evaluated } };
      }),
    says: { message: 'the release gets no security updates any more', evidence: ['nixpkgs 25.11: until 2026-06-30'] },
  },
  {
    name: 'many old generations',
    finds: ['generations'],
    break: ({ root }) => {
      for (let number = 8; number < 28; number++) {
        plant(root, { [`nix/var/nix/profiles/system-${number}-link -> ${systemPath}`]: '' });
        const day = new Date('2026-08-01');
        lutimesSync(join(root, `nix/var/nix/profiles/system-${number}-link`), day, day);
      }
    },
    // All lead to the running system, so nothing else is retained by them.
    says: { fix: 'sudo nix-collect-garbage --delete-older-than 30d' },
  },
  {
    name: 'a result of the spring',
    finds: ['gc-roots'],
    break: ({ inRoot }) => {
      const day = new Date('2026-04-01');
      lutimesSync(inRoot('/home/me/project/result'), day, day);
    },
    says: { evidence: ['/home/me/project/result'], fix: 'rm /home/me/project/result && nix-collect-garbage' },
  },
  {
    name: 'a home-manager of its own links too',
    finds: ['linked-twice'],
    break: ({ root }) => {
      const generation = '/nix/store/2222222222222222222222222222222a-home-manager-generation';
      plant(root, {
        [`home/me/.local/state/home-manager/gcroots/current-home -> ${generation}`]: '',
        [`${generation}/home-files/.claude/intelligence -> ${outputPath}/intelligence`]: '',
      });
    },
    says: { evidence: [expect.stringContaining('.service'), expect.stringContaining('.claude/intelligence')] },
  },
  {
    name: 'Codex has the hook and does not trust it',
    finds: ['codex-trust'],
    break: ({ root }) => plant(root, { 'home/me/.codex/hooks.json': codexHooks }),
    says: { evidence: ['/home/me/.codex/hooks.json:pre_tool_use:0:0'] },
  },
  {
    name: 'Codex trusts the hook',
    finds: [],
    break: ({ root }) =>
      plant(root, { 'home/me/.codex/hooks.json': codexHooks, 'home/me/.codex/config.toml': codexState }),
    says: {},
  },
  {
    name: 'Codex trusted the hook of an earlier build',
    finds: ['codex-trust'],
    break: ({ root }) =>
      plant(root, {
        'home/me/.codex/hooks.json': codexHooks.replace('/nix/store/', '/nix/store/2'),
        'home/me/.codex/config.toml': codexState,
      }),
    says: {},
  },
  {
    name: 'the login shell does not load the recorder',
    finds: ['recorder'],
    break: ({ root }) => plant(root, { 'etc/fish/config.fish': 'set -g fish_greeting\n' }),
    says: { message: 'fish does not load the recorder' },
  },
  {
    name: 'no shell was started since the recorder was enabled',
    finds: ['recorder'],
    break: ({ inRoot }) => rmSync(inRoot('/home/me/.local/state/nixos-intelligence/commands.log')),
    says: { fix: 'exec fish' },
  },
  {
    name: 'channels of root beside the flake',
    finds: ['channels'],
    break: ({ root }) =>
      plant(root, {
        'nix/var/nix/profiles/per-user/root/channels/manifest.nix': '[ ]',
        'nix/var/nix/profiles/per-user/root/channels/nixos/default.nix': '{ }',
      }),
    says: { fix: 'sudo nix-channel --remove nixos' },
  },
  {
    name: 'outdated lines in context files of the user',
    finds: ['stale-context'],
    break: ({ root, git }) => {
      plant(root, {
        [`${config}/AGENTS.md`]: 'Packages are in `modules/old.nix`.\n',
        'home/me/.codex/AGENTS.md': 'We deploy with Kubectl.\n\nSee `anything/else.nix`.\n',
      });
      git('commit', '-qam', 'context');
    },
    says: {
      evidence: [
        '~/.codex/AGENTS.md:1: `Kubectl` is mentioned but not installed',
        'AGENTS.md:1: `modules/old.nix` does not exist',
      ],
    },
  },
  {
    name: 'links of a module that was removed',
    finds: ['left-behind'],
    break: ({ machine, inRoot }) => {
      machine.output = null;
      rmSync(inRoot('/home/me/.claude/intelligence'));
    },
    says: {
      message: '2 links without an output: the module was removed',
      fix: 'rm /home/me/.claude/CLAUDE.md /home/me/.claude/skills/nixos-intelligence',
    },
  },
];

/** Codex 0.171.0 listed this hook with this hash (`hooks/list` of `codex app-server`), then as trusted. */
const codexHooks = JSON.stringify({
  hooks: {
    PreToolUse: [
      {
        matcher: '.*',
        hooks: [{ type: 'command', command: '/nix/store/x-nixos-intelligence-plugin/hook codex', timeout: 30 }],
      },
    ],
  },
});
const codexState = `[hooks.state."/home/me/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "sha256:0965d6c080db55416181347eb9b136c4f97bb08df78c25ffc3bb3802b5738ae5"\n`;

/** The evidence with one package changed. */
function withPackage(read: ReadEvidence, name: string, change: Partial<EvaluatedPackage>): ReadEvidence {
  const { evaluated } = read.evidence;
  const packages = evaluated.packages.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...read, evidence: { ...read.evidence, evaluated: { ...evaluated, packages } } };
}

/** The evidence with other texts of some files. */
function withFiles(read: ReadEvidence, files: string[], textOf: (file: string) => string): ReadEvidence {
  const { sourceFiles } = read.evidence;
  const changed = readSourceFiles(files.map((file) => ({ file, text: textOf(file) }))).files;
  const others = (sourceFiles?.files ?? []).filter(({ file }) => !files.includes(file));
  return { ...read, evidence: { ...read.evidence, sourceFiles: { schemaVersion: 1, files: [...changed, ...others] } } };
}

test('nothing is found on the healthy machine', async () => {
  const checked = await examine(made.machine, checks);
  expect(checked.filter(({ status }) => status === 'finding')).toEqual([]);
  expect(checked.map(({ id, status }) => `${id} ${status}`)).toMatchInlineSnapshot(`
    [
      "failed-units notApplicable",
      "policy-hook ok",
      "codex-trust notApplicable",
      "left-behind ok",
      "linked-twice ok",
      "home-claude-md ok",
      "stale-context ok",
      "recorder ok",
      "rebuild-pending ok",
      "boot-generation ok",
      "reboot-pending ok",
      "uncommitted ok",
      "two-nixpkgs ok",
      "old-inputs ok",
      "unused-inputs ok",
      "channels ok",
      "insecure-packages ok",
      "end-of-life ok",
      "profile-entries notApplicable",
      "dead-aliases ok",
      "snapshots ok",
      "generations ok",
      "gc-roots ok",
    ]
  `);
});

describe('what is found', () => {
  test.each(cases)('$name', async ({ finds, break: change, says }) => {
    change(made);
    const checked = await examine(made.machine, checks);
    const found = checked.filter(({ status }) => status === 'finding');
    expect(found.map(({ id }) => id)).toEqual(finds);
    if (finds.length > 0) expect(found).toContainEqual(expect.objectContaining(says));
  });
});
