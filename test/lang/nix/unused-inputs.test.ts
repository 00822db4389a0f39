import { expect, test } from 'vitest';
import { parse } from '../../../generators/lang/nix/parse.ts';
import { unusedInputs } from '../../../generators/lang/nix/unused-inputs.ts';

const inputs = `inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs";
    used.url = "github:a/used";
    idle-one = { url = "github:a/idle"; inputs.nixpkgs.follows = "nixpkgs"; };
  };
  inputs.second.url = "github:a/second";`;
const outputs = '{ self, nixpkgs, used, idle-one, second, ... }';

/** The unused inputs of a flake with these outputs, and of further files. */
function unusedIn(text: string, ...others: string[]): string[] {
  return unusedInputs(
    parse(`{\n  ${text}\n}`),
    others.map((other) => parse(other)),
  ).map(({ name, line }) => `${name}:${line}`);
}

const both = ['idle-one:5', 'second:7'];

test.each<[why: string, unused: string[], outputs: string, others?: string[]]>([
  ['named as an argument only', both, `outputs = ${outputs}: { x = used.lib; };`],
  ['in a comment only', both, `outputs = ${outputs}: { x = used.lib; /* second */ };`],
  [
    'modules take inputs by name',
    both,
    `outputs = ${outputs}@inputs: mk { specialArgs = { inherit inputs; }; };`,
    ['{ inputs, ... }: inputs.used'],
  ],
  ['modules take them as arguments', both, 'outputs = inputs: mk { specialArgs = inputs; };', ['{ used, ... }: used']],
  ['its use is commented out', ['idle-one:5'], `outputs = ${outputs}: used.lib; # second.lib\n`],
  [
    'another input follows it',
    ['idle-one:5'],
    `outputs = ${outputs}: used.lib; inputs.used.inputs.x.follows = "second";`,
  ],
  [
    'a file inherits it',
    ['second:7'],
    `outputs = ${outputs}@inputs: import ./x.nix inputs.used { inherit inputs; };`,
    ['{ inputs }: { inherit (inputs) idle-one; }'],
  ],
  ['a quoted name', ['second:7'], `outputs = inputs: inputs."idle-one" + inputs.used;`],
  ['all inputs at once', [], `outputs = ${outputs}@inputs: used.lib.map (builtins.attrValues inputs);`],
  ['all of the flake itself', [], `outputs = ${outputs}: used.lib.map self.inputs;`],
  ['a computed name', [], `outputs = { self, ... }@inputs: name: inputs.\${name} + inputs.used;`],
  [
    'a library that takes all',
    [],
    `outputs = inputs: inputs.used.lib; inputs.blueprint.url = "github:numtide/blueprint";`,
  ],
  ['all under another name', [], 'outputs = { self, ... }@args: f args args.used;'],
  ['inputs that are not written out', [], 'outputs = inputs: inputs.used; inputs = import ./inputs.nix;'],
])('%s', (_, unused, text, others = []) => {
  expect(unusedIn(`${inputs}\n  ${text}`, ...others)).toEqual(unused);
});
