import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Evaluated } from '../../../generators/evidence/evaluated.ts';
import type { OptionDoc, OptionDocs } from '../../../generators/evidence/option-docs.ts';
import { checkContext, packagesIn } from '../../../generators/lookup/check/check-context.ts';
import { openCheckout, rootOf } from '../../../generators/lookup/check/checkout.ts';
import { existsBelow } from '../../../generators/lookup/check/exists-below.ts';
import { knownFacts } from '../../../generators/lookup/check/known-facts.ts';
import { knownOptions } from '../../../generators/lookup/check/known-options.ts';
import { plant } from '../../tree.ts';

const declared = (name: string) => ({
  ...{ id: name, name, version: '1', description: null, mainProgram: null, homepage: null, licenses: [] },
  ...{ scopes: ['system' as const], base: false, declarations: [] },
});
const evaluated: Evaluated = {
  schemaVersion: 1,
  platform: 'nixos',
  host: { name: 'elm', system: 'x86_64-linux', stateVersion: null, release: null, kernel: null, desktop: [] },
  user: { name: 'ann', home: '/home/ann', shell: null, groups: [], homeManager: false },
  nixpkgs: { release: '26.11', revision: null },
  nixVersion: null,
  flake: { used: true, checkout: null, attribute: null, inputs: [] },
  packages: [declared('ripgrep'), declared('ghostty'), declared('git')],
  options: [],
  aliases: [],
  agents: [],
  mcpServers: [],
  skipped: [],
};
const commands = { schemaVersion: 1 as const, packages: { ripgrep: ['rg'], ghostty: ['ghostty'], git: ['git'] } };
const facts = knownFacts({ evaluated, commands });

const root = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(root, { recursive: true }));
const sources = {
  'flake.nix': '{ }',
  'devenv.nix': '{ }',
  'modules/packages.nix': '{ }',
  'modules/mail.nix': '{ services.mailbox.enable = true; }',
  'modules/lamp.nix': '{ lib, ... }: { options.house.lamp.power = lib.mkOption { }; }',
  'hosts/elm/default.nix': '{ }',
  'hosts/oak/default.nix': '{ }',
  'docs/notes/README.md': '',
};
plant(root, sources);
const checkout = openCheckout(root);

const option = (name: string, scope: OptionDoc['scope'], type = 'boolean'): OptionDoc => ({
  ...{ name, scope, type, declaredIn: [] },
});
const optionDocs: OptionDocs = {
  schemaVersion: 1,
  options: [
    option('services.openssh.enable', 'system'),
    option('services.openssh.settings', 'system', 'open submodule of attribute set of anything'),
    option('users.users.<name>.shell', 'system', 'package'),
    option('house.lamp.brightness', 'system'),
    option('programs.git.enable', 'home'),
    option('environment.systemPackages', 'system', 'list of package'),
    option('environment.variables', 'system', 'attribute set of string'),
  ],
  renamed: [
    { name: 'hardware.opengl.enable', scope: 'system', to: 'hardware.graphics.enable', message: null },
    { name: 'sound.enable', scope: 'system', to: null, message: 'ALSA is always on.' },
    { name: 'services.ssh.enable', scope: 'system', to: 'services.openssh.enable', message: null, form: 'alias' },
  ],
  missing: [],
};
const texts = Object.entries(sources).map(([file, text]) => ({ file, text }));
const check = (markdown: string, place = 'CLAUDE.md') =>
  checkContext(markdown, place, {
    ...{ facts, checkout, place: join(root, place), option: knownOptions({ evaluated, optionDocs }, texts) },
    packages: new Map([
      ['ripgrep', { state: 'there' }],
      ['rigrep', { state: 'absent' }],
      ['kdePackages.okulr', { state: 'absent' }],
      ['thefuck', { state: 'removed', message: "'thefuck' has been removed" }],
    ]),
  });
const messages = (markdown: string, place?: string) =>
  check(markdown, place).map(({ line, message }) => `${line} ${message}`);

const text = `# Machine

- **Terminal**: Kitty, never Alacritty
- Search with \`rg -n\` and list with \`eza -la\`
- No \`htop\`, and \`grep\` only in pipelines; it is not \`fd\` that finds
- Packages stand in \`modules/packages.nix\` and \`modules/fonts.nix\`, 12 packages in all, about 40 packages elsewhere
- Projects: \`devenv.nix\` or \`shell.nix\`
- Secrets: \`sops-nix\` / \`agenix\` are, as of today,
  not adopted

\`\`\`bash
git status | jq .
echo "kubectl" # tmux
\`\`\`

\`\`\`
modules/gone.nix   a listing, no commands: lazygit
\`\`\`
`;

test('reports missing tools, missing paths and wrong counts once, with their lines, but nothing that the text negates', () => {
  expect(messages(text)).toEqual([
    '4 the command `eza` is not installed',
    '6 `modules/fonts.nix` does not exist',
    '6 "12 packages": the configuration declares 3, 3 with the base system',
    '12 the command `jq` is not installed',
  ]);
});

test('reports a program that is mentioned without negation, and from what that is known', () => {
  expect(check('- Terminal: Kitty (JetBrains Mono)')).toEqual([
    {
      ...{ file: 'CLAUDE.md', line: 1, kind: 'not installed', message: '`Kitty` is mentioned but not installed' },
      evidence: 'the packages of the configuration',
    },
  ]);
});

test('tables, links, comments and listings are read as Markdown', () => {
  const markdown = `
| tool | state |
|---|---|
| \`eza\` | used |
| \`htop\` | not used |

See [the fonts](modules/fonts.nix), [the mail](./modules/mail.nix#top) <!-- \`kubectl\` --> and **12** packages.

\`\`\`text
Kitty
\`\`\`
`;
  expect(messages(markdown)).toEqual([
    '4 the command `eza` is not installed',
    '7 "12 packages": the configuration declares 3, 3 with the base system',
    '7 `modules/fonts.nix` does not exist',
    '10 `Kitty` is mentioned but not installed',
  ]);
});

test('options that were renamed or removed or do not exist, in the text and in blocks of Nix', () => {
  const markdown = `
Graphics: \`hardware.opengl.enable = true;\`. Sound: \`config.sound.enable\`.
SSH is \`services.opensh.enable = "no"\`, for ann \`home-manager.users.ann.programs.git.enabled\`.

\`\`\`nix
{ config, pkgs, ... }: {
  services.openssh = {
    enable = true;
    enabled = true;
  };
  ...
}
\`\`\`

\`\`\`nix
users.users.ann.shel = pkgs.ripgrep;
\`\`\`
`;
  expect(messages(markdown)).toEqual([
    '2 the option `hardware.opengl.enable` was renamed to `hardware.graphics.enable`',
    '2 the option `config.sound.enable` was removed: ALSA is always on.',
    '3 there is no option `services.opensh.enable`; similar: `services.openssh.enable`, `services.openssh.settings`',
    '3 there is no option `home-manager.users.ann.programs.git.enabled`; similar: `programs.git.enable`',
    '9 there is no option `services.openssh.enabled`; similar: `services.openssh.enable`, `services.openssh.settings`',
    '16 there is no option `users.users.ann.shel`; similar: `users.users.<name>.shell`',
  ]);
});

test('names that are no options of this configuration are not checked', () => {
  const markdown = `
- \`services.<name>.enable\`, \`services.myservice.enable\`, \`services.*.enable\`, \`services.json\`
- \`services.mailbox.port\` of another module, \`lamp.power\` and \`languages.python.enable\`
- \`services.ssh.enable\` is another name, \`services.openssh.settings.Anything.at.all\` is of free form
- \`environment.variables.EDITOR\`, \`users.users.bob.shell\`, \`services.openssh\`
- On macOS: \`services.yabai.enable\`. It was renamed from \`services.sshd.enable\`
- \`nixpkgs.lib.nixosSystem\`, \`users.groups()\`
`;
  expect(check(markdown)).toEqual([]);
});

test('packages that were removed or do not exist', () => {
  const markdown = `
Add \`pkgs.rigrep\` or \`[ pkgs.ripgrep pkgs.thefuck ]\`.

\`\`\`nix
environment.systemPackages = with pkgs; [
  ripgrep
  kdePackages.okulr
  (my-tool.override { })
];
\`\`\`
`;
  expect(messages(markdown)).toEqual([
    '2 there is no package `pkgs.rigrep`',
    "2 `pkgs.thefuck` cannot be used: 'thefuck' has been removed",
    '7 there is no package `pkgs.kdePackages.okulr`',
  ]);
  expect(packagesIn(markdown)).toEqual(['rigrep', 'ripgrep', 'thefuck', 'kdePackages.okulr']);
});

test('paths: listings of folders, and what may lie elsewhere is not checked', () => {
  const markdown = `
- \`./modules/gone.nix\`, \`hosts/oak/\`, \`hosts/<host>/default.nix\`, \`hosts/<host>/<file>.nix\`, \`hosts/HOST/disk.nix\`
- \`.config/git/config.yaml\`, \`numtide/devshell.nix\`, \`nixos/modules/misc/ids.nix\`, \`package.json\`, \`a/b/...\`
- Create \`modules/new.nix\`, for example \`modules/printer.nix\`. Edit it in \`modules/editor.nix\`.

\`\`\`
.
├── flake.nix
├── hosts/        # machines
│   ├── elm/
│   ├── ash/      # gone
│   │   └── default.nix
│   └── <host>/
│       └── disk.nix
└── modules
    └── packages.nix
\`\`\`

\`\`\`
├── bin
└── share
\`\`\`

The fonts are set in one module:

\`\`\`nix
{ imports = [ ./modules/mail.nix ./modules/fonts.nix ../x.nix ]; }
\`\`\`
`;
  expect(messages(markdown)).toEqual([
    '2 `./modules/gone.nix` does not exist',
    '4 `modules/editor.nix` does not exist',
    '11 `hosts/ash` does not exist',
    '27 `./modules/fonts.nix` does not exist',
  ]);
});

test('paths are relative to the checkout or to the text', () => {
  expect(messages('`modules/mail.nix`, `README.md`, `modules/gone.nix`', 'docs/notes/README.md')).toEqual([
    '1 `modules/gone.nix` does not exist',
  ]);
  expect(rootOf(join(root, 'docs/notes/README.md'))).toBe(root);
});

test('counts of what a folder has', () => {
  expect(messages('There are 5 modules in `modules/`, 3 files under `modules`, and 2 hosts in `hosts/`.')).toEqual([
    '1 "5 modules in `modules/`": `modules/` has 3 files and 0 folders',
  ]);
});

test('a path with wildcards exists when one name matches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exists-'));
  plant(folder, { 'hosts/elm/default.nix': '', 'modules/a.nix': '' });
  const exists = (pattern: string) => existsBelow(folder, pattern);
  const present = ['hosts/<host>/default.nix', 'hosts/{host}/', 'modules/*.nix', 'modules/{a,b}.nix', 'hosts/**/x.nix'];
  expect(present.filter((pattern) => !exists(pattern))).toEqual([]);
  const absent = ['hosts/<host>/disk.nix', 'modules/?b.nix', 'modules/{b,c}.nix', 'users/**/x.nix', 'modules/a.nix/b'];
  expect(absent.filter(exists)).toEqual([]);
  rmSync(folder, { recursive: true });
});
