import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSources } from '../../../generators/evidence/read-sources.ts';
import { parse } from '../../../generators/lang/nix/parse.ts';
import { type InitPlan, initPlan } from '../../../generators/lookup/init/init-steps.ts';
import { readSetup } from '../../../generators/lookup/init/setup.ts';
import { requiresClone } from '../../requires.ts';

function plan(files: Record<string, string>, user = 'ann', host = 'laptop'): InitPlan {
  return initPlan(readSetup(Object.entries(files).map(([file, text]) => ({ file, text }))), user, host);
}

/** The files with each step's lines inserted after the line that it names. */
function withSteps(files: Record<string, string>, { steps }: InitPlan): Record<string, string> {
  const added = steps.flatMap(({ places, lines }) =>
    places.map(({ file, line }) => ({ file, line: line ?? 0, lines })),
  );
  const result = { ...files };
  for (const { file, line, lines } of added.sort((a, b) => b.line - a.line)) {
    const text = (result[file] as string).split('\n');
    // Names among arguments need a comma.
    text.splice(line, 0, ...(lines[0] === 'nixos-intelligence' ? ['nixos-intelligence,'] : lines));
    result[file] = text.join('\n');
  }
  return result;
}

const places = ({ steps }: InitPlan): string[] =>
  steps.flatMap((step) =>
    step.places.map(({ file, line, name }) => `${file}:${line}${name === undefined ? '' : ` ${name}`}`),
  );
const lines = ({ steps }: InitPlan): string[] => steps.flatMap((step) => step.lines);

const nixos = `{
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  };
  outputs = { self, nixpkgs, ... }@inputs: {
    nixosConfigurations.desk = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = [
        ./configuration.nix
      ];
    };
    nixosConfigurations.laptop = nixpkgs.lib.nixosSystem {
      modules = [
        ./configuration.nix
      ];
    };
  };
}
`;

describe('a flake', () => {
  test('gets the input, the module at each call, and the options', () => {
    const answer = plan({ 'flake.nix': nixos, 'configuration.nix': '{ users.users.bob.isNormalUser = true; }' });
    expect(answer.kind).toBe('flake');
    expect(places(answer)).toEqual(['flake.nix:2', 'flake.nix:8 desk', 'flake.nix:13 laptop']);
    expect(lines(answer)).toEqual([
      'nixos-intelligence.url = "github:nixos-intelligence/nixos-intelligence";',
      'nixos-intelligence.inputs.nixpkgs.follows = "nixpkgs";',
      'inputs.nixos-intelligence.nixosModules.default',
      'inputs.nixos-intelligence.nixosModules.default',
      // Its modules do not get `inputs`.
      '{ programs.nixos-intelligence.flake.self = inputs.self; }',
      'programs.nixos-intelligence.enable = true;',
      'programs.nixos-intelligence.users = [ "bob" ];',
    ]);
    expect(answer.next).toEqual(['nix run github:nixos-intelligence/nixos-intelligence -- preview .#laptop']);
  });

  test('names the input among arguments that are written out', () => {
    const closed = nixos
      .replace('{ self, nixpkgs, ... }@inputs:', '{\n    self, nixpkgs }:')
      .replace('{ inherit inputs; }', '{ }');
    const answer = plan({ 'flake.nix': closed });
    expect(lines(answer)).toContain('nixos-intelligence');
    expect(lines(answer)).toContain('nixos-intelligence.nixosModules.default');
    expect(lines(answer)).toContain('{ programs.nixos-intelligence.flake.self = self; }');
  });

  test('that writes its inputs one by one gets them so', () => {
    const dotted = nixos.replace(/ {2}inputs = \{\n {4}(.*)\n {2}\};/, '  inputs.$1');
    expect(lines(plan({ 'flake.nix': dotted }))[0]).toMatch(/^inputs\.nixos-intelligence\.url = /);
  });

  test('without an input `nixpkgs` follows none', () => {
    const other = nixos.replaceAll('nixpkgs.url', 'unstable.url');
    expect(lines(plan({ 'flake.nix': other })).join('\n')).not.toContain('follows');
  });

  test('whose calls are in other files, by a local name, or its own function', () => {
    const files = {
      'flake.nix': '{ inputs.nixpkgs.url = "x"; outputs = inputs: import ./outputs inputs; }',
      'outputs/default.nix':
        'inputs: let mk = import ../lib/mk.nix { inherit inputs; }; in { nixosConfigurations.a = mk "a"; }',
      'lib/mk.nix': `{ inputs }: name:
let build = if name == "mac" then inputs.darwin.lib.darwinSystem else inputs.nixpkgs.lib.nixosSystem;
in build { modules = [ ../hosts/\${name} ]; }`,
      'lib/own.nix': '{ mylib }: mylib.nixosSystem { modules = [ ]; }',
      'lib/wrapper.nix': 'inputs: let nixosSystem = a: a; in nixosSystem { modules = [ ]; }',
      'checks/vm.nix': '{ nixpkgs }: nixpkgs.lib.nixosSystem { modules = [ ]; }',
      'installer/flake.nix': '{ outputs = { nixpkgs }: { x = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }',
    };
    expect(places(plan(files)).slice(1)).toEqual(['lib/mk.nix:3']);
  });

  test('of home-manager alone gets its module, and no list of users', () => {
    const home = `{
  inputs.nixpkgs.url = "x";
  outputs = { nixpkgs, home-manager, ... }@inputs: {
    homeConfigurations."ann@desk" = home-manager.lib.homeManagerConfiguration {
      extraSpecialArgs = { inherit inputs; };
      modules = [ ./home.nix ];
    };
  };
}`;
    const answer = plan({ 'flake.nix': home });
    expect(lines(answer).slice(2)).toEqual([
      'inputs.nixos-intelligence.homeModules.default',
      'programs.nixos-intelligence.enable = true;',
    ]);
    expect(answer.next).toEqual(['nix run github:nixos-intelligence/nixos-intelligence -- preview .#ann@desk']);
  });

  test('of a framework that calls nixosSystem itself gets a general advice', () => {
    const answer = plan({
      'flake.nix': '{ outputs = inputs: inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; }; }',
    });
    expect(answer.steps[1]?.where).toContain('these files do not call `nixosSystem` themselves');
    expect(lines(answer)).toContain('programs.nixos-intelligence.users = [ "ann" ];');
  });

  test('that has the module already needs nothing', () => {
    const answer = plan({ 'flake.nix': nixos, 'host.nix': '{\n  programs.nixos-intelligence.enable = true; }' });
    expect(answer).toMatchObject({ enabled: { file: 'host.nix', line: 2 }, steps: [] });
  });
});

test('root is no user of an agent', () => {
  expect(lines(plan({ 'flake.nix': nixos }, 'root'))).toContain('programs.nixos-intelligence.users = [ "me" ];');
});

test('names such as toString are no functions that make a system', () => {
  expect(places(plan({ 'flake.nix': nixos, 'a.nix': '{ x = toString 1; y = constructor { }; }' }))).toHaveLength(3);
});

test('without a flake: npins where it is used, else channels', () => {
  const configuration = '{\n  imports = [ ./hardware.nix ];\n}\n';
  const channels = plan({ 'configuration.nix': configuration });
  expect(channels.kind).toBe('channels');
  expect(lines(channels)[0]).toMatch(/^sudo nix-channel --add https:/);
  expect(places(channels)).toEqual(['configuration.nix:2']);
  expect(lines(channels)).toContain('(import <nixos-intelligence>).nixosModules.default');
  const npins = plan({ 'configuration.nix': configuration, 'npins/default.nix': '{ }' });
  expect(npins.kind).toBe('npins');
  expect(lines(npins)).toContain('(import (import ./npins).nixos-intelligence).nixosModules.default');
  const home = plan({ 'home.nix': '{ }' });
  expect(lines(home)).toContain('imports = [ (import <nixos-intelligence>).homeModules.default ];');
  expect(lines(home)[0]).toMatch(/^nix-channel/);
});

test('the lines parse where they are said to belong', () => {
  const changed = withSteps({ 'flake.nix': nixos }, plan({ 'flake.nix': nixos }));
  expect(parse(changed['flake.nix'] as string).problems).toEqual([]);
  expect(changed['flake.nix']).toMatch(
    /modules = \[\ninputs\.nixos-intelligence\.nixosModules\.default\n {8}\.\/configuration\.nix/,
  );
});

/** Public configurations: the lines of their calls, by hand. */
const publicCalls: Record<string, string[]> = {
  'nixos-config': ['flake.nix:125', 'flake.nix:159', 'flake.nix:284 business-installer', 'flake.nix:309 t2-installer'],
  mitchellh: ['lib/mksystem.nix:33'],
  gvolpe: ['outputs/hm.nix:16', 'outputs/os.nix:20'],
  wimpysworld: ['lib/flake-builders.nix:193', 'lib/flake-builders.nix:268'],
  fufexan: ['hosts/default.nix:24 io', 'hosts/default.nix:52 ganymede', 'hosts/default.nix:78 nixos'],
  ryan4yin: ['lib/nixosSystem.nix:18'],
};
for (const [name, expected] of Object.entries(publicCalls)) {
  const clone = requiresClone(name);
  test.skipIf(clone.missing)(`finds the calls of ${name}${clone.why}`, { timeout: 120_000 }, async () => {
    const found = places(initPlan(readSetup(await readSources(clone.path)), 'ann', 'laptop')).slice(1);
    expect(found.sort()).toEqual([...expected].sort());
  });
}

describe('reads a folder', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'init-'));
  afterAll(() => rmSync(scratch, { recursive: true }));
  test('and only its Nix files', async () => {
    mkdirSync(path.join(scratch, '.git'));
    writeFileSync(path.join(scratch, '.git/flake.nix'), '{ }');
    writeFileSync(path.join(scratch, 'flake.nix'), nixos);
    expect(places(initPlan(readSetup(await readSources(scratch)), 'ann', 'laptop'))).toHaveLength(3);
  });
});
