import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closure } from '../../generators/evidence/closure.ts';
import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import type { Evidence } from '../../generators/evidence/evidence.ts';
import { formerOptions } from '../../generators/evidence/former-names.ts';
import { type GitHistory, gitHistory } from '../../generators/evidence/git-history.ts';
import { addUnusedInputs } from '../../generators/evidence/input-use.ts';
import { addNamedElsewhere } from '../../generators/evidence/named-elsewhere.ts';
import type { RenamedOption } from '../../generators/evidence/option-docs.ts';
import { locate } from '../../generators/evidence/places.ts';
import { readSourceFiles } from '../../generators/evidence/read-source-files.ts';
import { openRepository } from '../../generators/snapshot/git/repository.ts';
import { takeGitHistory } from '../../generators/snapshot/git/take-git-history.ts';
import { recorded, takenOn } from '../questions/shell-world.ts';

/** A package of the generated configuration. */
interface Declared {
  name: string;
  commands: string[];
  /** The files whose list has it. */
  files: string[];
  /** Day of the commit that adds it, from 2026-01-01; the snapshots are of day 180. */
  day?: number;
  comment?: string;
  /** Enabled option that installs it, too. */
  by?: { option: string; file: string };
  /** As the list writes it. */
  attribute?: string;
  insecure?: string;
  renamedTo?: string;
}

/** What a user needs, and what may look like a need. */
export interface Needs {
  /** Lines that the user types, each with how often. */
  lines: { text: (use: number) => string; times: number }[];
  declared: Declared[];
  /** Lines of the recorder, where it runs. */
  log: string;
  /** Changes that are right, by the part of the needs that makes them. */
  expected: Map<string, string>;
  /** Names of the traps: what must stay silent. */
  traps: string[];
  /** Programs in a folder of the home. */
  inHome: string[];
  text: { keys: string[]; inputs: string[]; home: string[]; system: string[] };
  aliases: Evaluated['aliases'];
  /** The package to which a service refers. */
  serviceNeeds: string[];
  usedByAgents: string[];
  options: string[];
  groups: string[];
  /** Packages that were removed on day 90, with the comment of another one that needs them. */
  removed: string[];
  settings: { option: string; file: string }[];
}

const change = (words: string): string => `nixos-intelligence change ${words}`;
const system = 'configuration.nix';
const home = 'home.nix';
/** Imported by another host, too. */
const sharedHome = 'shared-home.nix';

/** Tools for the prompt, none of which another part of the test uses. */
const toolPool = [
  ['doggo', 'doggo'],
  ['glow', 'glow'],
  ['hyperfine', 'hyperfine'],
  ['onefetch', 'onefetch'],
  ['gping', 'gping'],
  ['viddy', 'viddy'],
  ['lnav', 'lnav'],
  ['ouch', 'ouch'],
  ['pueue', 'pueue'],
  ['bandwhich', 'bandwhich'],
  ['csvlens', 'csvlens'],
  ['jless', 'jless'],
  ['dua', 'dua'],
  ['duf', 'duf'],
  ['procs', 'procs'],
  ['sd', 'sd'],
] as const;
const fetchedPool = ['cowsay', 'figlet', 'pandoc', 'yt-dlp', 'ncdu', 'sqlfluff', 'nmap', 'cloc', 'asciinema'] as const;

/** The needs of user `index`, by chance from `next`. */
export function needsOf(index: number, shell: string, next: () => number): Needs {
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const chance = (share: number): boolean => next() < share;
  const tools = [...toolPool];
  const takeTool = () => tools.splice(Math.floor(next() * tools.length), 1)[0] as (typeof toolPool)[number];
  const fetched: string[] = [...fetchedPool];
  const takeFetched = () => fetched.splice(Math.floor(next() * fetched.length), 1)[0] as string;
  const needs: Needs = {
    lines: [],
    declared: [],
    log: '',
    expected: new Map(),
    traps: [],
    inHome: [],
    text: { keys: ['wofi'], inputs: [], home: [], system: [] },
    aliases: [],
    serviceNeeds: [],
    usedByAgents: [],
    options: [],
    groups: ['wheel'],
    removed: [],
    settings: [],
  };
  const { lines, declared, expected, traps, text, aliases } = needs;
  const declare = (more: Partial<Declared> = {}): Declared => {
    const [name, command] = takeTool();
    const one: Declared = { name, commands: [command], files: [chance(0.5) ? system : home], day: 0, ...more };
    declared.push(one);
    return one;
  };
  const scope = ({ files }: Declared): string => (files[0] === home ? '--user' : '--system');
  const expectRemoval = (one: Declared): void => {
    expected.set(change(`remove ${one.attribute ?? one.name} ${scope(one)}`), 'remove');
  };
  const trap = (name: string, make: () => void): void => {
    if (!chance(0.6)) return;
    traps.push(name);
    make();
  };
  const need = (make: () => void): void => {
    if (chance(0.5)) make();
  };
  const addAlias = (name: string, command: string): void => {
    aliases.push({ name, shell: 'all', kind: 'alias', commands: [command], files: [system] });
    text.system.push(`environment.shellAliases.${name} = "${command} -x";`);
  };

  // Never typed, and old.
  for (let count = between(0, 2); count > 0; count--) expectRemoval(declare({ day: between(0, 40) }));
  trap('installed three weeks ago', () => declare({ day: between(155, 178) }));
  trap('a key binding names it', () => text.keys.push(declare().commands[0] as string));
  trap('an alias runs it', () => addAlias('zz', declare().commands[0] as string));
  trap('a service refers to it', () => needs.serviceNeeds.push(declare().name));
  trap('an agent runs it', () => needs.usedByAgents.push(declare().commands[0] as string));
  trap('typed once', () => {
    const { commands } = declare();
    lines.push({ text: () => `${commands[0]} x`, times: 1 });
  });
  trap('for rescue', () => declared.push({ name: 'testdisk', commands: ['testdisk'], files: [system] }));
  trap('its option is enabled', () => {
    const one = declare({ files: [] });
    one.by = { option: `programs.${one.name}`, file: home };
    text.home.push(`programs.${one.name}.enable = true;`);
    needs.options.push(`programs.${one.name}`);
  });

  // Fetched again and again.
  const ways = [
    (name: string) => (use: number) => `nix run nixpkgs#${name} -- a${use}`,
    (name: string) => (use: number) => `nix shell nixpkgs#${name} -c ${name} a${use}`,
    (name: string) => (use: number) => `nix-shell -p ${name} --run '${name} a${use}'`,
    (name: string) => (use: number) => `, ${name} a${use}`,
  ];
  need(() => {
    const name = takeFetched();
    lines.push({ text: (ways[between(0, 3)] as (typeof ways)[number])(name), times: between(7, 14) });
    expected.set(change(`add ${name} --user`), 'add');
  });
  trap('fetched three times', () => {
    const name = takeFetched();
    lines.push({ text: (ways[between(0, 3)] as (typeof ways)[number])(name), times: 3 });
  });
  trap('run from its own repository', () => {
    lines.push({ text: (use) => `nix run github:someone/cowsay -- a${use}`, times: 12 });
  });
  // Installed by hand.
  need(() => {
    needs.inHome.push('terraform');
    lines.push({ text: (use) => `terraform plan -out p${use}`, times: between(30, 40) });
    expected.set(change('add terraform --user'), 'add');
  });
  trap('a toolchain in the home', () => {
    needs.inHome.push('cargo');
    lines.push({ text: (use) => `cargo test t${use}`, times: 40 });
  });
  trap('from the shell of a project', () => {
    lines.push({ text: (use) => `protoc p${use}.proto`, times: 30 });
  });

  // Failures; some users have no recorder.
  if (index % 5 === 4) {
    need(() => {
      needs.log += recorded('bluetoothctl', 'connect', 1, between(5, 9), 20);
      declared.push({ name: 'bluez', commands: ['bluetoothctl'], files: [system] });
      expected.set(change('enable hardware.bluetooth'), 'fix');
    });
    need(() => {
      needs.log += recorded('virsh', 'list', 1, between(5, 9), 20);
      declared.push({ name: 'libvirt', commands: ['virsh'], files: [system] });
      needs.options.push('virtualisation.libvirtd');
      text.system.push('virtualisation.libvirtd.enable = true;');
      expected.set(change(`set users.users.ann.extraGroups '[ "libvirtd" "wheel" ]'`), 'fix');
    });
    trap('a client that works again', () => {
      needs.log += recorded('tailscale', 'status', 1, 6, 60) + recorded('tailscale', 'status', 0, 12, 3);
      declared.push({ name: 'tailscale', commands: ['tailscale'], files: [system] });
    });
    trap('fails for a reason that is not known', () => {
      needs.log += recorded('terraform', 'plan', 1, 9, 10);
    });
  }

  // Declared twice.
  need(() => {
    const one = declare({ files: [system, home] });
    lines.push({ text: (use) => `${one.commands[0]} x${use}`, times: 3 });
    expected.set(change(`dedupe ${one.name}`), 'resolve');
  });
  trap('in a home that another host has as well', () => {
    const one = declare({ files: [system, sharedHome] });
    lines.push({ text: (use) => `${one.commands[0]} x${use}`, times: 3 });
  });
  trap('for root, where the home has its option', () => {
    declared.push({
      name: 'htop',
      commands: ['htop'],
      files: [system],
      by: { option: 'programs.htop', file: home },
    });
    text.home.push('programs.htop.enable = true;');
    needs.options.push('programs.htop');
    lines.push({ text: () => 'htop', times: 4 });
  });
  // There for another package, which went.
  need(() => {
    declared.push({ name: 'chafa', commands: ['chafa'], files: [home], comment: 'image previews for ranger' });
    needs.removed.push('ranger');
    expected.set(change('remove chafa --user'), 'resolve');
  });
  trap('there for another package, which stays', () => {
    declared.push({ name: 'poppler-utils', commands: ['pdftotext'], files: [home], comment: 'previews for bat' });
  });
  // Aliases.
  need(() => {
    addAlias('dl', 'aria2c');
    expected.set(change('add aria2 --user'), 'resolve');
  });
  trap('an alias of a private script', () => addAlias('dep', 'deploy-to-work'));
  trap('an alias of a toolchain', () => addAlias('b', 'cargo'));
  trap('an alias of what every system has', () => addAlias('t', 'top'));
  // Inputs.
  need(() => {
    text.inputs.push('idle-modules.url = "github:someone/idle-modules";');
    expected.set(change('drop-input idle-modules'), 'resolve');
  });
  trap('an input that another one follows', () => {
    text.inputs.push('flake-lib.url = "github:someone/flake-lib"; home-manager.inputs.lib.follows = "flake-lib";');
  });
  trap('an input that a module takes', () => {
    text.inputs.push('extra-modules.url = "github:someone/extra-modules";');
    text.home.push('imports = [ inputs.extra-modules.homeModules.default ];');
  });
  // Names.
  need(() => {
    text.system.push('hardware.opengl.enable = true;');
    needs.settings.push({ option: 'hardware.graphics.enable', file: system });
    expected.set(change('rename hardware.opengl.enable'), 'replace');
  });
  trap('an option with two names', () => {
    text.system.push('boot.kernel.params = [ ];');
    needs.settings.push({ option: 'boot.kernelParams', file: system });
  });
  need(() => {
    declared.push({
      name: 'nodejs',
      commands: ['node'],
      files: [system],
      attribute: 'nodejs_18',
      insecure: 'Node.js 18 has reached its end of life',
    });
    lines.push({ text: (use) => `node s${use}.js`, times: 6 });
    expected.set(change('replace nodejs_18 nodejs'), 'replace');
  });
  if (shell === 'fish') traps.push('uses that fish does not count');
  return needs;
}

const renamed: RenamedOption[] = [
  { name: 'hardware.opengl.enable', scope: 'system', to: 'hardware.graphics.enable', message: null },
  { name: 'boot.kernel.params', scope: 'system', to: 'boot.kernelParams', message: null, form: 'alias' },
];

/** The files of the configuration on a day. */
function filesOn(needs: Needs, base: readonly string[], day: number): Record<string, string> {
  const rows = (file: string): string[] => [
    ...(file === system ? base : []),
    ...(day < 90 && file === home ? needs.removed : []),
    ...needs.declared.flatMap((one) =>
      one.files.includes(file) && (one.day ?? 0) <= day
        ? [`${one.attribute ?? one.name}${one.comment === undefined ? '' : ` # ${one.comment}`}`]
        : [],
    ),
  ];
  const list = (file: string): string =>
    `with pkgs; [\n${rows(file)
      .map((row) => `    ${row}\n`)
      .join('')}  ]`;
  const { text } = needs;
  return {
    'flake.nix': `{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    home-manager = { url = "github:nix-community/home-manager"; inputs.nixpkgs.follows = "nixpkgs"; };
    ${text.inputs.join('\n    ')}
  };
  outputs = { self, nixpkgs, home-manager, ... }@inputs: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = [ home-manager.nixosModules.home-manager ./configuration.nix ./home.nix ./keys.nix ./shared-home.nix ];
    };
    nixosConfigurations.other = nixpkgs.lib.nixosSystem { modules = [ ./shared-home.nix ]; };
  };
}
`,
    [system]: `{ pkgs, ... }:\n{\n  environment.systemPackages = ${list(system)};\n  ${text.system.join('\n  ')}\n}\n`,
    [home]: `{ pkgs, inputs, ... }:\n{\n  home-manager.users.ann = {\n  home.packages = ${list(home)};\n  ${text.home.join('\n  ')}\n  };\n}\n`,
    [sharedHome]: `{ pkgs, ... }:\n{\n  home-manager.users.ann.home.packages = ${list(sharedHome)};\n}\n`,
    'keys.nix': `{\n  programs.sway.extraConfig = ''\n${text.keys.map((name) => `    bindsym Mod4+x exec ${name}\n`).join('')}  '';\n}\n`,
  };
}

/** The evidence with the generated configuration: its files read by the readers of the build, its past by git. */
export async function withConfiguration(
  needs: Needs,
  base: Readonly<Record<string, string[]>>,
  evidence: Evidence,
): Promise<Evidence> {
  const days = [...new Set([0, 90, ...needs.declared.map(({ day = 0 }) => day)])].sort((a, b) => a - b);
  const steps = days.map((day) => ({ day, files: filesOn(needs, Object.keys(base), day) }));
  const sources = Object.entries(filesOn(needs, Object.keys(base), 180)).map(([file, content]) => ({
    file,
    text: content,
  }));
  const listOf = (file: string): string => (file === system ? 'environment.systemPackages' : 'home.packages');
  const all: Declared[] = [
    ...Object.entries(base).map(([name, commands]) => ({ name, commands, files: [system] })),
    ...needs.declared,
  ];
  const packages = all.map(({ name, commands, files, by, insecure }): Evaluated['packages'][number] => ({
    id: name,
    name,
    version: '1',
    description: null,
    mainProgram: commands[0] ?? null,
    homepage: null,
    licenses: [],
    scopes: ['system'],
    base: false,
    declarations: [
      ...files.map((file) => ({ list: listOf(file), file, by: null })),
      ...(by === undefined ? [] : [{ list: 'home.packages', file: by.file, by: by.option }]),
    ],
    ...(insecure === undefined ? {} : { marks: [{ kind: 'insecure' as const, why: [insecure] }] }),
  }));
  const { evaluated } = evidence;
  const inputs = ['home-manager', 'nixpkgs', ...needs.text.inputs.map((line) => line.split('.', 1)[0] as string)];
  const plain: Evaluated = {
    ...evaluated,
    user: { ...evaluated.user, groups: needs.groups, homeManager: true },
    flake: {
      ...evaluated.flake,
      attribute: 'h',
      inputs: inputs.map((name) => ({ name, revision: null, lastModified: null })),
    },
    packages,
    options: needs.options.map((option) => ({
      option,
      scope: option.startsWith('programs.') ? 'home' : 'system',
      places: [{ file: option.startsWith('programs.') ? home : system }],
      description: null,
    })),
    settings: needs.settings.map(({ option, file }) => ({
      option,
      scope: 'system',
      priority: 100,
      places: [{ file }],
    })),
    aliases: needs.aliases,
  };
  const commands = {
    schemaVersion: 1 as const,
    packages: Object.fromEntries(all.map((one) => [one.name, one.commands])),
  };
  const located = addUnusedInputs(locate(plain, sources, renamed), sources);
  const closure: Closure = {
    schemaVersion: 1,
    roots: Object.fromEntries(all.map(({ name }) => [name, [`${'0'.repeat(32)}-${name}`]])),
    services: { 'services.thing': [`${'1'.repeat(32)}-thing`] },
    paths: [
      ...all.map(({ name }) => ({ path: `${'0'.repeat(32)}-${name}`, references: [], narSize: 1000 })),
      {
        path: `${'1'.repeat(32)}-thing`,
        references: needs.serviceNeeds.map((name) => `${'0'.repeat(32)}-${name}`),
        narSize: 1000,
      },
    ],
  };
  const history = evidence.shellHistory;
  return {
    ...evidence,
    evaluated: {
      ...addNamedElsewhere(located, commands, sources),
      formerOptions: formerOptions(located, sources, renamed),
    },
    commands,
    closure,
    sourceFiles: readSourceFiles(sources),
    gitHistory: await gitHistoryOf(steps),
    ...(history === undefined ? {} : { shellHistory: { ...history, usedByAgents: [...needs.usedByAgents].sort() } }),
  };
}

/** The snapshot of a repository with these commits, made by git; days from 2026-01-01. */
async function gitHistoryOf(steps: readonly { day: number; files: Record<string, string> }[]): Promise<GitHistory> {
  const folder = mkdtempSync(join(tmpdir(), 'needs-'));
  try {
    const git = (day: number, ...args: string[]): void => {
      const date = new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString();
      execFileSync('git', ['-C', folder, ...args], {
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_AUTHOR_NAME: 'ann',
          GIT_AUTHOR_EMAIL: 'ann@example.org',
          GIT_COMMITTER_NAME: 'ann',
          GIT_COMMITTER_EMAIL: 'ann@example.org',
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_DATE: date,
        },
      });
    };
    git(0, 'init', '--quiet');
    for (const { day, files } of steps) {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      git(day, 'add', '--all');
      git(day, 'commit', '--quiet', '--allow-empty', '--message', `change ${day}`);
    }
    return gitHistory.parse(
      JSON.parse(JSON.stringify(await takeGitHistory(await openRepository(folder), { takenOn, reasons: true }))),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
