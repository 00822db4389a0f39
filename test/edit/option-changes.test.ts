import { describe, expect, test } from 'vitest';
import { dropInput } from '../../generators/edit/drop-input.ts';
import { setOption } from '../../generators/edit/option-changes.ts';
import { isRefusal, type Plan, type Refusal } from '../../generators/edit/plan.ts';
import { renameOptions } from '../../generators/edit/rename-options.ts';
import { readSourceTree } from '../../generators/edit/source-tree.ts';
import { applyEdits, byFile } from '../../generators/edit/text-edit.ts';
import { diffOf } from '../../generators/edit/unified-diff.ts';

const anywhere = { scope: null, host: null, file: null };

/** What becomes of a file, or why nothing does. */
function after(text: string, result: Plan | Refusal): string {
  return isRefusal(result) ? `refused: ${result.refused}` : applyEdits(text, result.edits);
}

function set(text: string, option: string, value: string): string {
  return after(text, setOption(readSourceTree([{ file: 'a.nix', text }]), option, value, anywhere));
}

describe('set changes a definition', () => {
  test.each([
    ['{ services.openssh.enable = true; # remote\n}', '{ services.openssh.enable = false; # remote\n}'],
    ['{ services = { openssh.enable = true; }; }', '{ services = { openssh.enable = false; }; }'],
    ['{ services.openssh = {\n  enable = true;\n};\n}\r\n', '{ services.openssh = {\n  enable = false;\n};\n}\r\n'],
    [
      '{ config = lib.mkIf x { services."openssh".enable = lib.mkDefault true; }; }',
      '{ config = lib.mkIf x { services."openssh".enable = lib.mkDefault false; }; }',
    ],
    ['{ services.openssh.enable = cfg.ssh; }', 'refused: its value at a.nix:1 is computed'],
    ['{ services.openssh.enable = false; }', 'refused: services.openssh.enable is already false at a.nix:1'],
    ['{ services.openssh = ssh; }', 'refused: services.openssh is set as a whole at a.nix:1'],
    [
      '{ services.openssh.enable = true; x.services.openssh.enable = true; config.services.openssh.enable = true; }',
      'refused: services.openssh.enable is set 2 times',
    ],
    ['{ environment.x = 1; }', 'refused: no file sets an option near services.openssh.enable'],
  ])('%j', (text, expected) => {
    expect(set(text, 'services.openssh.enable', 'false')).toBe(expected);
  });

  test('an argument has parentheses', () => {
    expect(set('{ services.a.b = lib.mkForce 1; }', 'services.a.b', '1 + 1')).toBe(
      '{ services.a.b = lib.mkForce (1 + 1); }',
    );
  });
});

describe('set adds a definition beside its neighbours', () => {
  test.each([
    [
      'dotted, and the comment stays with its line',
      '{\n\tservices.a.enable = true; # first\n\tprograms.b.enable = true;\n}',
      '{\n\tservices.a.enable = true; # first\n\tservices.new.enable = true;\n\tprograms.b.enable = true;\n}',
    ],
    [
      'nested, CRLF',
      '{\r\n  services = {\r\n    a.enable = true;\r\n    z.enable = true;\r\n  };\r\n}',
      '{\r\n  services = {\r\n    a.enable = true;\r\n    z.enable = true;\r\n    new.enable = true;\r\n  };\r\n}',
    ],
    [
      'sorted',
      '{\n  services = {\n    a.enable = true;\n    b.enable = true;\n    z.enable = true;\n  };\n}',
      '{\n  services = {\n    a.enable = true;\n    b.enable = true;\n    new.enable = true;\n    z.enable = true;\n  };\n}',
    ],
    [
      'in the set of the option',
      '{\n  services.new = {\n    port = 1;\n  };\n}',
      '{\n  services.new = {\n    port = 1;\n    enable = true;\n  };\n}',
    ],
    ['in a line', '{ services.a.enable = true; }', '{ services.a.enable = true; services.new.enable = true; }'],
    [
      'with its prefix',
      '{ config.services.a.enable = true; }',
      '{ config.services.a.enable = true; config.services.new.enable = true; }',
    ],
    [
      'not under a condition',
      '{ config = lib.mkIf x { services.a.enable = true; }; }',
      'refused: no file sets an option near services.new.enable',
    ],
  ])('%s', (_, text, expected) => {
    expect(set(text, 'services.new.enable', 'true')).toBe(expected);
  });
});

describe('drop-input', () => {
  const node = (inputs: object) => ({ inputs, locked: { narHash: 'x' } });
  const lock = `${JSON.stringify(
    {
      nodes: {
        base: node({}),
        extra: node({ only: 'only', base: 'base' }),
        only: node({}),
        root: { inputs: { base: 'base', extra: 'extra' } },
      },
      root: 'root',
      version: 7,
    },
    null,
    2,
  )}\n`;
  const flake = `{
  inputs = {
    base.url = "github:a/base";
    extra.url = "github:a/extra"; # tried once
    extra.inputs.base.follows = "base";
  };

  outputs = { self, base, extra, ... }: { x = base; };
}
`;
  const drop = (texts: Record<string, string>, name: string) =>
    dropInput(
      readSourceTree(
        Object.entries(texts).map(([file, text]) => ({ file, text })),
        lock,
      ),
      name,
    );

  test('removes it from flake.nix, with what only it needs from flake.lock', () => {
    const result = drop({ 'flake.nix': flake }, 'extra');
    if (isRefusal(result)) throw new Error(result.refused);
    const files = byFile(result.edits);
    expect(applyEdits(flake, files.get('flake.nix') ?? [])).toBe(`{
  inputs = {
    base.url = "github:a/base";
  };

  outputs = { self, base, ... }: { x = base; };
}
`);
    const locked = JSON.parse(applyEdits(lock, files.get('flake.lock') ?? []));
    expect(Object.keys(locked.nodes)).toEqual(['base', 'root']);
    expect(locked.nodes.root.inputs).toEqual({ base: 'base' });
    const tree = readSourceTree([{ file: 'flake.nix', text: flake }], lock);
    expect(diffOf(tree, result.edits)).toMatch(/^--- a\/flake\.nix\n[\s\S]*\n--- a\/flake\.lock\n/);
  });

  test.each([
    ['base', {}, 'base is used at flake.nix:8'],
    ['extra', { 'b.nix': '{ inputs, ... }: { imports = [ inputs.extra.m ]; }' }, 'extra is used at b.nix:1'],
    ['none', {}, 'flake.nix has no input none'],
  ])('refuses to drop %s', (name, more, reason) => {
    expect(drop({ 'flake.nix': flake, ...more }, name)).toMatchObject({ refused: reason });
  });
});

describe('rename', () => {
  const renames = [
    { name: 'services.old.enable', to: 'services.new.enable' },
    { name: 'sound.enable', to: 'hardware.alsa.enable' },
  ];
  test.each([
    [
      '{ services.old.enable = true; sound.enable = false; }',
      '{ services.new.enable = true; hardware.alsa.enable = false; }',
    ],
    ['{ services = {\n  old.enable = x; # why\n}; }', '{ services = {\n  new.enable = x; # why\n}; }'],
    ['{ config.services.old.enable = true; }', '{ config.services.new.enable = true; }'],
    ['{ services.old = { enable = true; }; }', 'refused: the new name does not fit into the set around a.nix:1'],
    ['{ services.new.enable = true; }', 'refused: no file sets an option by a former name'],
  ])('%j', (text, expected) => {
    expect(after(text, renameOptions(readSourceTree([{ file: 'a.nix', text }]), renames, null, anywhere))).toBe(
      expected,
    );
  });
});
