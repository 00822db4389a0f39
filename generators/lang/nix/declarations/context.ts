import { lineCounter } from '../line-counter.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax.ts';
import type { CommentedEntry } from './declaration.ts';
import type { Scope } from './scope.ts';

/** Maximum nesting, deeper than any configuration. */
export const maxDepth = 250;

/** A list, or an attribute set or `inherit` that is read as one, of the packages of an option. */
export interface ListSource {
  node: SyntaxNode;
  /** The option. */
  list: string;
  context: Context;
}

/** A file that is being read, with results other than declarations. */
interface FileReader {
  tree: SyntaxTree;
  lineOf: ReturnType<typeof lineCounter>;
  commented: CommentedEntry[];
  lists: ListSource[];
  /** Number of entries without a recognisable package name. */
  unknown: number;
}

/** The context of an expression. */
export interface Context {
  file: FileReader;
  scope: Scope | null;
  depth: number;
  /** The values of the names that are being followed, so that recursive values end. */
  followed: readonly SyntaxNode[];
  /** Strings are package names: `attrVals [ "a" ] pkgs`. */
  strings: boolean;
}

/** The context of a file's own value. */
export function outermost(tree: SyntaxTree): Context {
  const file = { tree, lineOf: lineCounter(tree), commented: [], lists: [], unknown: 0 };
  return { file, scope: null, depth: 0, followed: [], strings: false };
}

export function deeper(context: Context, change: Partial<Context> = {}): Context {
  return { ...context, ...change, depth: context.depth + 1 };
}
