import { expect, test } from 'vitest';
import type { Contribution } from '../../generators/content.ts';
import { contextOf as textOf } from '../../generators/context/context.ts';
import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import type { Evidence } from '../../generators/evidence/evidence.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { toolProfiles } from '../../generators/tools/tool-profiles.ts';
import { sampleCommands, sampleEvaluated, samplePackage } from '../sample-evidence.ts';

/** The lines of a section of CLAUDE.md, without its heading; the lines before the first section for null. */
function section(title: string | null, evaluated: Partial<Evaluated>, other: Partial<Evidence> = {}, os?: string) {
  return sectionOf(contextOf(evaluated, other, os), title);
}

function contextOf(
  evaluated: Partial<Evaluated>,
  other: Partial<Evidence> = {},
  os?: string,
  contributions: readonly { file: string; contribution: Contribution }[] = [],
): string {
  const host = sampleEvaluated(evaluated);
  const evidence: Evidence = { evaluated: host, commands: sampleCommands(host), ...other };
  return textOf({
    evidence,
    profiles: toolProfiles(evidence, contributions),
    contributions,
    settings: defaultSettings,
    ...(os === undefined ? {} : { os }),
    documents: new Map(),
    gaps: [],
  }).text;
}

function sectionOf(text: string, title: string | null): string[] {
  const sections = text.trimEnd().split(/\n\n(?=## )/);
  const found = title === null ? sections[0] : sections.find((part) => part.startsWith(`## ${title}\n`));
  return (found ?? '').split('\n').slice(1);
}

const { host, user, flake } = sampleEvaluated();

test('the machine and its user', () => {
  expect(section(null, {})).toEqual([
    '- NixOS 26.11, host `elm`, x86_64-linux, desktop `gnome`.',
    '- User `ann`, login shell `fish`, groups `wheel`, `docker`.',
  ]);
  const desktop = ['a', 'b', 'c', 'd'];
  const groups = 'abcdefghijkl'.split('');
  expect(section(null, { host: { ...host, name: null, kernel: null, desktop }, user: { ...user, groups } })).toEqual([
    '- NixOS 26.11, x86_64-linux, desktop `a`, `b`, `c`.',
    '- User `ann`, login shell `fish`, groups `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j`, 2 more.',
  ]);
  expect(
    section(null, {
      platform: 'home-manager',
      host: { ...host, name: null, kernel: null, desktop: [] },
      user: { ...user, shell: null, groups: [] },
    }),
  ).toEqual(['- A home-manager configuration (nixpkgs 26.11), x86_64-linux.', '- User `ann`.']);
  const compositor = (option: string) =>
    section(null, { host: { ...host, desktop: [] }, options: [service(option, null)] })[0];
  expect(compositor('programs.hyprland')).toContain('desktop `hyprland`.');
  expect(compositor('wayland.windowManager.sway')).toContain('desktop `sway`.');
  expect(compositor('programs.hyprlock')).toContain('no desktop.');
  expect(section(null, { platform: 'unknown' }, {}, 'Debian 13')[0]).toMatch(/^- Debian 13, host/);
});

const installed = 'Change the configuration';

test('where to add a tool: the list that most packages of the scope are in, with the line of its first entry', () => {
  const packages = 'aabbbcdefgh'.split('').map((file, index) =>
    samplePackage({
      name: `p${index}`,
      declarations: [
        { list: 'home.packages', file: `home/${file}.nix`, line: 12 - index, by: null },
        { list: 'environment.systemPackages', file: `${file}.nix`, by: null },
        { list: 'environment.systemPackages', file: 'option.nix', by: 'programs.x' },
      ],
    }),
  );
  expect(section(installed, { packages, options: [] })[1]).toBe(
    '- Add a tool for this user: `home/b.nix:8` (`home.packages`); for the system: `b.nix` (`environment.systemPackages`); lists by topic: `a.nix`, `home/a.nix:11`, `c.nix`, `d.nix`.',
  );
  const inline = samplePackage({
    name: 'x',
    declarations: [{ list: 'home.packages', file: 'flake.nix (inline or imported)', by: null }],
  });
  expect(section(installed, { packages: [inline], options: [] }).join('\n')).not.toContain('Add a tool');
});

test('language servers and secrets are named with the line where they are', () => {
  const packages = ['gopls', 'nil'].map((name, index) =>
    samplePackage({
      name,
      description: `Language server, number ${index}`,
      declarations: [{ list: 'home.packages', file: 'lsp.nix', line: 5 + index, by: null }],
    }),
  );
  const settings: Evaluated['settings'] = [
    { option: 'sops.defaultSopsFile', scope: 'system', priority: 100, places: [{ file: 'secrets.nix', line: 4 }] },
  ];
  const text = section(installed, { packages, settings });
  expect(text.join('\n')).not.toContain('Add a tool');
  expect(text).toContain('- Language servers: `lsp.nix:5`.');
  expect(text).toContain('- Secrets: sops-nix (`secrets.nix:4`); never write one into a `.nix` file.');
  const none = section(installed, { packages: packages.slice(1), settings: [] }).join('\n');
  expect(none).not.toContain('Language servers');
  expect(none).not.toContain('Secrets');
});

test('the editor, sudo and the kind of machine, where options say so', () => {
  const set = (option: string, value: string) => ({
    option,
    scope: 'system' as const,
    priority: 100,
    places: [{ file: 'x.nix', line: 1 }],
    value,
  });
  const [machine, who] = section(null, {
    settings: [set('programs.helix.defaultEditor', 'true'), set('wsl.enable', 'true')],
    host: { ...host, desktop: [] },
  });
  expect(machine).toContain('WSL: no hardware or boot loader of its own; no desktop.');
  expect(who).toContain('editor `hx`');
  expect(who).toContain('sudo asks for a password');
  const passwordless = section(null, { settings: [set('security.sudo.wheelNeedsPassword', 'false')] });
  expect(passwordless[1]).toContain('sudo asks for no password');
  // Rules of the user's own, a user without sudo, and settings that are not known.
  for (const evaluated of [
    { settings: [set('security.sudo.extraRules', '')] },
    { settings: [], user: { ...user, groups: ['docker'] } },
    {},
  ]) {
    expect(section(null, evaluated)[1]).not.toContain('sudo');
  }
});

test('local language models are one line, with the endpoint', () => {
  const options: Evaluated['options'] = [
    { option: 'services.ollama', scope: 'system', places: [{ file: 'ai.nix', line: 3 }], description: null },
  ];
  const setting = (option: string, value?: string) => ({
    option,
    scope: 'system' as const,
    priority: 100,
    places: [{ file: 'ai.nix', line: 5 }],
    ...(value === undefined ? {} : { value }),
  });
  expect(section('Services', { options })).toContain('- Local AI: Ollama (`ai.nix:3`) at `http://127.0.0.1:11434`.');
  expect(
    section('Services', {
      options,
      settings: [
        setting('services.ollama.port', '8000'),
        setting('services.ollama.acceleration', '"cuda"'),
        setting('services.ollama.loadModels'),
      ],
    }),
  ).toContain('- Local AI: Ollama (`ai.nix:5`) at `http://127.0.0.1:8000`, cuda, models declared there.');
  // A port that is set and whose value is not known is not guessed.
  const hidden = section('Services', { options, settings: [setting('services.ollama.port')] });
  expect(hidden.join('\n')).not.toContain('11434');
});

test.each<[string, Partial<Evaluated>, string]>([
  ['a flake with a checkout', {}, '`sudo nixos-rebuild switch --flake /home/ann/config#elm`.'],
  [
    'a flake without a known checkout',
    { flake: { ...flake, checkout: null } },
    "`sudo nixos-rebuild switch --flake .#elm`, in the configuration's folder.",
  ],
  ['no flake', { flake: { ...flake, used: false } }, '`sudo nixos-rebuild switch`.'],
  ['a home', { platform: 'home-manager' }, '`home-manager switch --flake /home/ann/config#elm`.'],
])('how to rebuild: %s', (_, evaluated, end) => {
  const line = section(installed, evaluated).find((text) => text.includes('rebuild (ask the user first)'));
  expect(line?.endsWith(`: ${end}`), line).toBe(true);
});

test('what is read-only, and whether other binaries run', () => {
  const text = (evaluated: Partial<Evaluated>) => section(installed, evaluated).join('\n');
  expect(text({})).toContain('(most of /etc) are read-only');
  expect(text({ user: { ...user, homeManager: true } })).toContain('(most of /etc, dotfiles that home-manager writes)');
  expect(text({})).not.toContain('nix-ld');
  const options: Evaluated['options'] = [
    { option: 'programs.nix-ld', scope: 'system', places: [{ file: 'x.nix', line: 3 }], description: null },
  ];
  expect(text({ options })).toContain(
    '- `programs.nix-ld` is enabled: Linux binaries that were not built for Nix run.',
  );
});

test('a running machine: no statement about the configuration', () => {
  expect(section(installed, { platform: 'unknown' })).toEqual([
    '- Not known: only the running machine was read, no configuration was evaluated.',
  ]);
});

function service(option: string, description: string | null): Evaluated['options'][number] {
  return { option, scope: 'system', places: [{ file: `${option}.nix` }, { file: 'other.nix' }], description };
}

test('services: a line for what a model cannot know, one with the places of those for work on code, one of names', () => {
  const options = [
    service('services.openssh', 'Whether to enable the OpenSSH [secure shell](https://openssh.com) daemon, which …'),
    service('services.printing', 'Whether to enable printing support through the CUPS daemon.'),
    service('virtualisation.docker', 'This option enables docker, a daemon. Its socket …'),
    service('services.postgresql', null),
    service('programs.git', 'Whether to enable git'),
  ];
  const packages = [
    samplePackage({
      name: 'postgresql',
      mainProgram: 'psql',
      description: 'Relational database',
      declarations: [{ list: 'environment.systemPackages', file: 'db.nix', by: 'services.postgresql' }],
    }),
  ];
  expect(section('Services', { options, packages })).toEqual([
    'Enabled by the configuration; `systemctl status` shows whether they run.',
    '- `virtualisation.docker` (`virtualisation.docker.nix`); `ann` is in group `docker`: no sudo needed',
    '- `services.openssh` (`services.openssh.nix`), `services.postgresql` (`services.postgresql.nix`)',
    '- Also enabled: `services.printing`.',
  ]);
  expect(section('Services', { options: [] })).toEqual([]);
  const foreign = service('services.beacon', 'Whether to enable the beacon of this house.');
  const foreignOptions = [
    { name: 'services.beacon.enable', scope: 'system' as const, type: 'boolean', declaredIn: [] },
  ];
  expect(section('Services', { options: [foreign], foreignOptions })).toContain(
    '- `services.beacon` (`services.beacon.nix`); the beacon of this house',
  );
});

test('aliases that hide a command, agents and MCP servers', () => {
  const alias = (
    name: string,
    commands: string[],
    shell: 'fish' | 'all' = 'fish',
    kind: 'alias' | 'abbreviation' = 'alias',
  ) => ({
    name,
    shell,
    kind,
    commands,
    files: [],
  });
  const aliases = [
    alias('rg', ['grep']),
    alias('jq', ['gojq'], 'all'),
    alias('gs', ['git']),
    alias('rg', ['rg', 'less'], 'all'),
    alias('jq', ['jaq'], 'fish', 'abbreviation'),
  ];
  expect(
    section('Shell and agents', {
      aliases,
      agents: [{ name: 'claude-code', scope: 'home', files: [] }],
      mcpServers: ['b', 'a', 'a'].map((name) => ({ name, type: 'stdio', option: 'programs.x.mcpServers' })),
    }),
  ).toEqual([
    '- Aliases that hide a command: `jq → gojq`; `command NAME` runs the real one.',
    '- Aliases in fish that hide a command: `rg → grep`; `command NAME` runs the real one.',
    '- Coding agents configured: `Claude Code`.',
    '- MCP servers configured: `b`, `a`.',
  ]);
  expect(section('Shell and agents', {})).toEqual([]);
});

test('tools: the used first, then the declared before those of a service, with the commands that tell something', () => {
  const packages = [
    samplePackage({ name: 'fd', description: 'Search tool.' }),
    samplePackage({ name: 'ripgrep', mainProgram: 'rg', description: 'Search tool' }),
    samplePackage({
      name: 'locate',
      description: 'Search tool',
      declarations: [{ list: 'environment.systemPackages', file: 'x.nix', by: 'services.locate' }],
    }),
    samplePackage({ name: 'git', description: 'Version control system' }),
    samplePackage({ name: 'silent' }),
    samplePackage({
      name: 'script',
      version: null,
      description: 'Says hello.',
      declarations: [{ list: 'home.packages', file: 'bin.nix', line: 2, by: null }],
    }),
    samplePackage({ name: 'viewer', description: 'Graphical image viewer' }),
    samplePackage({ name: 'base', description: 'Search tool', base: true }),
  ];
  const commands = {
    schemaVersion: 1 as const,
    packages: {
      fd: ['fd'],
      ripgrep: ['rg'],
      locate: ['locate', 'updatedb', 'a', 'b', 'c'],
      git: ['git', 'git-shell', 'scalar'],
      silent: ['quiet'],
      script: ['script'],
      viewer: ['viewer'],
      base: ['base'],
    },
  };
  const contribution: Contribution = {
    relevance: new Map([['ripgrep', 1]]),
    tools: new Map([['ripgrep', [{ kind: 'use', text: '156 times', pointer: '/tools/0', over: ['grep'] }]]]),
  };
  const text = contextOf({ packages }, { commands }, undefined, [{ file: 'usage_alignment', contribution }]);
  expect(sectionOf(text, 'Tools')).toEqual([
    '- **Search**: `rg` (not `grep`), `fd`, `a` · **Version control**: `git` · **Other**: `quiet`',
    '- **Only here**: `script` Says hello (`bin.nix:2`)',
    '- Graphical, for the user: `viewer`',
  ]);
});
