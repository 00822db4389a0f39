import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { plant, type Tree } from '../tree.ts';
import { flakes, repository, requiresNix } from './world.ts';

const world = requiresNix('nixpkgs', 'home-manager');
const scratch = mkdtempSync(join(tmpdir(), 'channels-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const hardware = `{
  boot.loader.grub.enable = false;
  fileSystems."/" = { device = "none"; fsType = "tmpfs"; };
  nixpkgs.hostPlatform = "x86_64-linux";
}
`;
const tools = `{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    fd
    ripgrep
  ];
  programs.git.enable = true;
}
`;
const host = (imports: string) => `{ pkgs, ... }:
{
  imports = [ ${imports} (import <nixos-intelligence>).nixosModules.default ];
  networking.hostName = "desk";
  system.stateVersion = "25.05";
  users.users.ann = {
    isNormalUser = true;
    packages = [
      pkgs.jq
    ];
  };
  programs.nixos-intelligence = { enable = true; users = [ "ann" ]; };
}
`;
const home = `{ pkgs, ... }:
{
  imports = [ (import <nixos-intelligence>).homeModules.default ];
  home.username = "ann";
  home.homeDirectory = "/home/ann";
  home.stateVersion = "25.05";
  home.packages = [
    pkgs.jq
  ];
  programs.nixos-intelligence.enable = true;
}
`;
const snapshot = readFileSync(join(repository, 'generators/example/snapshots/git-history.json'), 'utf8');

interface Case {
  name: string;
  files: Tree;
  /** The folder of \`files\` that is the configuration's root. */
  root: string;
  /** A Nix expression; \`<nixpkgs>\`, \`<home-manager>\` and \`<configuration>\` are on NIX_PATH. */
  output: string;
  rebuild: string;
  /** package -> FILE:LINE */
  places: Record<string, string>;
}

const cases: Case[] = [
  {
    name: 'a folder like /etc/nixos, with channels',
    files: {
      'nixos/configuration.nix': host('./hardware-configuration.nix ./modules/tools.nix'),
      'nixos/hardware-configuration.nix': hardware,
      'nixos/modules/tools.nix': tools,
      'nixos/intelligence/ann/git-history.json': snapshot,
    },
    root: 'nixos',
    output:
      '((import <nixpkgs> { }).nixos <configuration/nixos/configuration.nix>).config.programs.nixos-intelligence.users.ann.output',
    rebuild: 'sudo nixos-rebuild switch',
    places: {
      jq: 'configuration.nix:9',
      fd: 'modules/tools.nix:4',
      ripgrep: 'modules/tools.nix:5',
      git: 'modules/tools.nix:7',
    },
  },
  {
    name: 'npins, with hosts in folders of their own and a module written inline',
    files: {
      'default.nix': `(import <nixpkgs> { }).nixos {
  imports = [ ./hosts/desk/configuration.nix ];
  programs.fish.enable = true;
}
`,
      'hosts/desk/configuration.nix': host('./hardware-configuration.nix ../../modules/tools.nix'),
      'hosts/desk/hardware-configuration.nix': hardware,
      'modules/tools.nix': tools,
      'npins/sources.json': '{}',
      'intelligence/ann/git-history.json': snapshot,
    },
    root: '',
    output: '(import <configuration>).config.programs.nixos-intelligence.users.ann.output',
    rebuild: 'sudo nixos-rebuild switch',
    places: {
      jq: 'hosts/desk/configuration.nix:9',
      ripgrep: 'modules/tools.nix:5',
      fish: 'default.nix:3',
    },
  },
  {
    name: 'home-manager with channels',
    files: { 'home-manager/home.nix': home, 'home-manager/intelligence/ann/git-history.json': snapshot },
    root: 'home-manager',
    output:
      '(import <home-manager/modules> { pkgs = import <nixpkgs> { }; configuration = <configuration/home-manager/home.nix>; }).config.programs.nixos-intelligence.output',
    rebuild: 'home-manager switch',
    places: { jq: 'home.nix:8' },
  },
];

describe.skipIf(world.missing)(`a configuration outside the store${world.why}`, () => {
  test.for(cases)('$name', async ({ files, root, output, rebuild, places }) => {
    const folder = mkdtempSync(join(scratch, 'configuration-'));
    plant(folder, files);
    const built = await build(output, folder);

    const packages = readFileSync(join(built, 'intelligence/packages.tsv'), 'utf8');
    const rows = packages.split('\n').map((line) => line.split('\t'));
    expect(Object.fromEntries(rows.filter(([name = '']) => name in places).map((row) => [row[0], row[4]]))).toEqual(
      places,
    );
    const context = readFileSync(join(built, 'CLAUDE.md'), 'utf8');
    expect(context).toContain(
      `- Checkout \`${join(folder, root)}\`. Edit the configuration, then rebuild (ask the user first): \`${rebuild}\`.`,
    );
    expect(context).not.toContain('flake');
    const manifest = JSON.parse(readFileSync(join(built, 'intelligence/manifest.json'), 'utf8'));
    expect(manifest.inputs).toContainEqual(expect.objectContaining({ file: 'snapshots/git-history.json' }));
  });
});

async function build(expression: string, configuration: string): Promise<string> {
  const source = (input: keyof typeof flakes) => `(builtins.getFlake "${flakes[input]}").outPath`;
  const path = [
    `nixpkgs=${await evaluate(source('nixpkgs'))}`,
    `home-manager=${await evaluate(source('home-manager'))}`,
  ];
  const { stdout } = await promisify(execFile)('nix-build', ['--no-out-link', '-E', expression], {
    env: {
      ...process.env,
      NIX_PATH: [...path, `nixos-intelligence=${repository}`, `configuration=${configuration}`].join(':'),
    },
  });
  return stdout.trim();
}

async function evaluate(expression: string): Promise<string> {
  const { stdout } = await promisify(execFile)('nix', ['eval', '--impure', '--raw', '--expr', expression]);
  return stdout;
}
