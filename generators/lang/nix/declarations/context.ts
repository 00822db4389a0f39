import { lineCounter } from '../line-counter.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax.ts';
import type { CommentedEntry } from './declaration.ts';
import type { Scope } from './scope.ts';

/** Deeper than any configuration: what is nested below is not read. */
export const maxDepth = 250;

/** A file that is being read, and what was found besides declarations. */
interface FileReader {
  tree: SyntaxTree;
  lineOf: ReturnType<typeof lineCounter>;
  commented: CommentedEntry[];
  /** How many entries name no package in their text. */
  unknown: number;
}

/** Where an expression is read. */
export interface Context {
  file: FileReader;
  scope: Scope | null;
  depth: number;
  /** The values of names that are being followed: none of them is followed again inside itself. */
  followed: readonly SyntaxNode[];
  /** Strings name packages here: `attrVals [ "a" ] pkgs`. */
  strings: boolean;
}

/** The context of a file's own value. */
export function outermost(tree: SyntaxTree): Context {
  const file = { tree, lineOf: lineCounter(tree), commented: [], unknown: 0 };
  return { file, scope: null, depth: 0, followed: [], strings: false };
}

export function deeper(context: Context, change: Partial<Context> = {}): Context {
  return { ...context, ...change, depth: context.depth + 1 };
}
