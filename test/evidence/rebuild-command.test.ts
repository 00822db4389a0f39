import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Evaluated } from '../../generators/evidence/evaluated.ts';
import { namesItsFolder, usualRebuildCommand } from '../../generators/evidence/rebuild-command.ts';
import { rebuildWrapper } from '../../generators/evidence/rebuild-wrapper.ts';
import { sampleEvaluated } from '../sample-evidence.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rebuild-command-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const base = sampleEvaluated();
const nh = [
  { option: 'programs.nh', scope: 'system' as const, places: [{ file: 'configuration.nix' }], description: null },
];
const flake = (one: Partial<Evaluated['flake']>) => ({ flake: { ...base.flake, checkout: null, ...one } });

test.each<[string, string, Partial<Evaluated>]>([
  ['sudo nixos-rebuild switch --flake /home/ann/config#elm', 'a checkout', {}],
  ['sudo nixos-rebuild switch --flake .#elm', 'no checkout', flake({ elevate: 'sudo' })],
  ['sudo nixos-rebuild switch --flake .', 'no attribute', flake({ attribute: null })],
  ['doas nixos-rebuild switch --flake .#elm', 'doas', flake({ elevate: 'doas' })],
  ['nixos-rebuild switch --flake .#elm', 'no sudo and no doas', flake({ elevate: null })],
  ['sudo nixos-rebuild switch', 'no flake', flake({ used: false })],
  ['nh os switch .', 'nh', { ...flake({}), options: nh }],
  ['nh os switch /home/ann/config', 'nh with a checkout', { options: nh }],
  [
    'nh os switch . -H b',
    'nh, and an attribute that is not the host name',
    { ...flake({ attribute: 'b' }), options: nh },
  ],
  ['./rebuild', 'a script', flake({ wrapper: './rebuild' })],
  ['cd /home/ann/config && just switch', 'a recipe', flake({ checkout: '/home/ann/config', wrapper: 'just switch' })],
  [
    'home-manager switch --flake .',
    'a home',
    { ...flake({ attribute: null, elevate: null }), platform: 'home-manager' },
  ],
  [
    'home-manager switch --flake .',
    'a script for NixOS in the repository of a home',
    {
      ...flake({ attribute: null, elevate: null, wrapper: './rebuild' }),
      platform: 'home-manager',
    },
  ],
])('%s: %s', (expected, _, one) => {
  expect(usualRebuildCommand({ ...base, ...one })).toBe(expected);
});

test.each<[boolean, Partial<Evaluated['flake']>]>([
  [true, { checkout: '/home/ann/config' }],
  [true, { used: false }],
  [false, { used: false, wrapper: './rebuild' }],
  [false, {}],
])('names its folder: %s, %j', (expected, one) => {
  expect(namesItsFolder({ ...base, ...flake(one) })).toBe(expected);
});

const rebuild = '#!/bin/sh\nexec sudo nixos-rebuild switch --flake .\n';
const justfile = `host := "elm"

# Switches to it
[group('host')]
@switch *args: check
    sudo nixos-rebuild switch --flake .#{{ host }} {{ args }}

switch-other name:
    nixos-rebuild switch --flake .#{{ name }} --target-host {{ name }}

check:
    nix flake check
`;
const makefile = `NAME ?= elm

.PHONY: switch
switch:
ifeq ($(UNAME), Darwin)
	darwin-rebuild switch
else
	sudo nixos-rebuild switch --flake ".#$(NAME)"
endif

test:
	sudo nixos-rebuild test --flake .
`;

describe("the repository's own command", () => {
  test.each<[string, string | null, Record<string, string>]>([
    ['a script', './rebuild', { rebuild }],
    [
      'a script whose mode is an option',
      './rebuild-nixos',
      {
        'rebuild-nixos':
          '#!/bin/bash\nMODE=switch\nwhile [ $# -gt 0 ]; do case "$1" in --boot) MODE=boot;; esac; shift; done\nnixos-rebuild "$MODE" --flake .\n',
      },
    ],
    ['a script and its tests', './rebuild', { rebuild, 'rebuild-test.sh': rebuild }],
    ['two scripts', null, { rebuild, 'switch.sh': rebuild }],
    [
      'a script that needs an argument',
      null,
      {
        switch: '#!/bin/sh\ncase $1 in os) sudo nixos-rebuild switch --flake .;; esac\n',
      },
    ],
    ['a script that only mentions it in a comment', null, { rebuild: '#!/bin/sh\n# nixos-rebuild switch\nmake\n' }],
    ['a file that is no script', null, { 'rebuild.md': 'Run nixos-rebuild switch\n' }],
    ['a recipe of a justfile', 'just switch', { justfile }],
    ['a target of a Makefile', 'make switch', { Makefile: makefile }],
    ['a justfile without such a recipe', null, { justfile: 'check:\n    nix flake check\n' }],
    [
      'a recipe that needs an argument',
      null,
      {
        justfile: 'switch host:\n    sudo nixos-rebuild switch --flake .#{{ host }}\n',
      },
    ],
    [
      'a recipe with a default',
      'just switch',
      {
        justfile: 'switch host="elm":\n    sudo nixos-rebuild switch --flake .#{{ host }}\n',
      },
    ],
    [
      'a recipe for another machine',
      null,
      {
        justfile: 'switch:\n    nixos-rebuild switch --flake . --target-host server\n',
      },
    ],
    ['a script beside a justfile', './rebuild', { rebuild, justfile }],
    ['nothing', null, {}],
  ])('%s', async (name, expected, files) => {
    const folder = join(scratch, name.replaceAll(' ', '-'));
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, file), text);
      if (text.startsWith('#!')) chmodSync(join(folder, file), 0o755);
    }
    expect(await rebuildWrapper(folder)).toBe(expected);
  });
});
