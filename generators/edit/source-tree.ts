import type { SourceText } from '../evidence/places.ts';
import { readSourceFiles } from '../evidence/read-source-files.ts';
import { referencesIn } from '../lang/nix/configurations.ts';
import { definitionsIn, type FileDefinitions } from '../lang/nix/definitions.ts';
import { parse } from '../lang/nix/parse.ts';
import type { SyntaxNode, SyntaxTree } from '../lang/nix/syntax.ts';
import { packagesOfFile, type WrittenPackages } from './written-packages.ts';

/** A `.nix` file of a flake, with what changes are planned from. */
export interface NixFile {
  file: string;
  tree: SyntaxTree;
  /** Configurations of the flake that import it, as far as paths show. */
  hosts: readonly string[];
  /** Its first lines say that it is generated. */
  generated: boolean;
  parentOf: (node: SyntaxNode) => SyntaxNode | undefined;
  definitions: FileDefinitions;
  packages: WrittenPackages;
}

/** The `.nix` files of a flake. */
export interface SourceTree {
  files: readonly NixFile[];
  /** Configurations that flake.nix names. */
  hosts: readonly string[];
  /** The text of flake.lock. */
  lock: string | null;
}

export function readSourceTree(sources: readonly SourceText[], lock: string | null = null): SourceTree {
  const known = new Map(readSourceFiles(sources).files.map((file) => [file.file, file]));
  const files = sources.map(({ file, text }): NixFile => {
    const tree = parse(text);
    const parentOf = parents(tree);
    return {
      file,
      tree,
      hosts: known.get(file)?.hosts ?? [],
      generated: known.get(file)?.generated ?? false,
      parentOf,
      definitions: definitionsIn(tree),
      packages: packagesOfFile(tree, parentOf),
    };
  });
  const flake = files.find(({ file }) => file === 'flake.nix');
  return { files, hosts: flake === undefined ? [] : [...referencesIn(flake.tree).configurations.keys()], lock };
}

function parents(tree: SyntaxTree): NixFile['parentOf'] {
  const found = new Map<SyntaxNode, SyntaxNode>();
  const open = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children) {
      found.set(child, node);
      open.push(child);
    }
  }
  return (node) => found.get(node);
}

/** The text of a file that a plan edits. */
export function textOf({ files, lock }: SourceTree, file: string): string {
  const text = file === 'flake.lock' ? lock : files.find((one) => one.file === file)?.tree.text;
  if (text === undefined || text === null) throw new Error(`\`${file}\` was not read`);
  return text;
}
