import { posix } from 'node:path';
import type { SourceText } from '../../evidence/places.ts';
import { referencesIn } from '../../lang/nix/configurations.ts';
import { type Definition, definitionsIn } from '../../lang/nix/definitions.ts';
import { lineCounter } from '../../lang/nix/line-counter.ts';
import { parse } from '../../lang/nix/parse.ts';
import { nodeText, type SyntaxNode, type SyntaxTree } from '../../lang/nix/syntax.ts';
import { byText } from '../../order.ts';
import { type SystemCall, systemCalls } from './system-calls.ts';

interface FileLine {
  file: string;
  /** From 1. */
  line: number;
}

/** What a checkout of Nix files shows of itself, as far as adding our module needs it. */
export interface Setup {
  flake: {
    /** Where its inputs are written: `inputs = {` or the first `inputs.x…`. */
    inputs: FileLine & { isSet: boolean };
    hasNixpkgs: boolean;
    /** Our own input, if it is there. */
    ours: FileLine | null;
    /** The arguments of `outputs` if they must name each input: `{ self, nixpkgs }:`. */
    closedArguments: FileLine | null;
    /** Configurations that are written out by name, sorted. */
    nixos: string[];
    homes: string[];
  } | null;
  calls: (SystemCall & { file: string })[];
  /** `configuration.nix` or `home.nix` of a configuration without a flake. */
  modules: { kind: SystemCall['kind']; file: string; imports: FileLine | null }[];
  /** Whether files define what only NixOS has: the root file system, the boot loader. */
  hasNixos: boolean;
  /** Whether npins pins sources here. */
  hasNpins: boolean;
  /** Users who are people, sorted: `isNormalUser`, `home-manager.users.<name>`. */
  users: string[];
  /** Where our options are set already. */
  enabled: FileLine | null;
}

/** Not part of a configuration: systems that are built to be tested. */
const isTest = (file: string): boolean => /(?:^|\/)(?:tests?|checks)(?:\/|\.nix$)/.test(file);

/** @param sources the `.nix` files of the checkout, with paths relative to it */
export function readSetup(sources: readonly SourceText[]): Setup {
  const others = sources.flatMap(({ file }) =>
    file.endsWith('/flake.nix') ? [file.slice(0, -'flake.nix'.length)] : [],
  );
  const files = sources
    // A flake in a folder of its own is another configuration.
    .filter(({ file }) => !isTest(file) && !others.some((folder) => file.startsWith(folder)))
    .map(({ file, text }) => {
      const tree = parse(text);
      return { file, tree, definitions: definitionsIn(tree).definitions };
    });
  const flake = files.find(({ file }) => file === 'flake.nix');
  const places = (isWanted: (path: readonly string[]) => boolean): FileLine[] =>
    files.flatMap(({ file, definitions }) =>
      definitions.filter(({ path }) => isWanted(path)).map(({ line }) => ({ file, line })),
    );
  return {
    flake: flake === undefined ? null : readFlake(flake),
    calls: files.flatMap(({ file, tree }) =>
      systemCalls(tree, file === 'flake.nix').map((call) => ({ ...call, file })),
    ),
    modules: flake !== undefined ? [] : files.flatMap(moduleFile),
    hasNixos: places((path) => path.some((name) => name === 'fileSystems' || name === 'boot')).length > 0,
    hasNpins: sources.some(({ file }) => file === 'npins/default.nix'),
    users: [...new Set(files.flatMap(({ definitions }) => definitions.flatMap(({ path }) => userIn(path))))].sort(
      byText,
    ),
    enabled:
      places((path) => path.some((name, at) => name === 'programs' && path[at + 1] === 'nixos-intelligence'))[0] ??
      null,
  };
}

interface File {
  file: string;
  tree: SyntaxTree;
  definitions: readonly Definition[];
}

function readFlake({ file, tree, definitions }: File): NonNullable<Setup['flake']> {
  const inputs = definitions.filter(({ path, within }) => path[0] === 'inputs' && within.length === 0);
  const whole = inputs.find(({ path, kind }) => path.length === 1 && kind === 'set');
  const line = (whole ?? inputs[0])?.line ?? 1;
  const ours = inputs.find(({ path }) => path[1] === 'nixos-intelligence');
  const { configurations } = referencesIn(tree);
  const named = (set: string): string[] =>
    [...new Set(definitions.flatMap(({ path }) => nameBelow(path, set)))]
      .filter((name) => !name.includes('$'))
      .sort(byText);
  return {
    inputs: { file, line, isSet: whole !== undefined },
    hasNixpkgs: inputs.some(({ path }) => path[1] === 'nixpkgs'),
    ours: ours === undefined ? null : { file, line: ours.line },
    closedArguments: closedArguments(tree, file),
    nixos: named('nixosConfigurations').filter((name) => configurations.has(name)),
    homes: named('homeConfigurations').filter((name) => configurations.has(name)),
  };
}

function nameBelow(path: readonly string[], set: string): string[] {
  const name = path[path.indexOf(set) + 1];
  return path.includes(set) && name !== undefined ? [name] : [];
}

/** `outputs = { self, nixpkgs }:` accepts no further input. */
function closedArguments(tree: SyntaxTree, file: string): FileLine | null {
  const top = tree.root.children[0];
  const outputs = top?.children.find(
    ({ kind, children: [path] }) => kind === 'binding' && path !== undefined && nodeText(tree, path) === 'outputs',
  )?.children[1];
  const parameter = outputs?.kind === 'lambda' ? outputs.children[0] : undefined;
  if (parameter === undefined || parameter.kind === 'identifier') return null;
  const text = nodeText(tree, parameter);
  const formals = (node: SyntaxNode): SyntaxNode[] =>
    node.kind === 'formal' ? [node] : node.children.flatMap(formals);
  const isBound = formals(parameter).some(
    ({ children: [name] }) => name && nodeText(tree, name) === 'nixos-intelligence',
  );
  // A name for all of them (`@inputs`) or `...` without the need of a name: nothing to add.
  if (isBound || (/\.\.\./.test(text) && parameter.kind === 'bound-formals')) return null;
  return { file, line: lineCounter(tree)(parameter) };
}

function moduleFile({ file, definitions, tree }: File): Setup['modules'] {
  const kind = { 'configuration.nix': 'nixos', 'home.nix': 'home-manager' } as const;
  const name = posix.basename(file);
  if (name !== 'configuration.nix' && name !== 'home.nix') return [];
  if (tree.problems.length > 0) return [];
  const imports = definitions.find(({ path }) => path.length === 1 && path[0] === 'imports');
  return [{ kind: kind[name], file, imports: imports === undefined ? null : { file, line: imports.line } }];
}

function userIn(path: readonly string[]): string[] {
  const at = path.indexOf('users');
  const isHome = path[at - 1] === 'home-manager';
  const isSystem = path[at + 1] === 'users' && path[at + 3] === 'isNormalUser';
  const name = isHome ? path[at + 1] : isSystem ? path[at + 2] : undefined;
  return name === undefined || name.includes('$') || name === 'root' ? [] : [name];
}
