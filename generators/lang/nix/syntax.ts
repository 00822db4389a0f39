import type { Tokens } from './tokenize.ts';

/**
 * Kinds of nodes and their children, in order:
 *
 * - `root`: expression
 * - `lambda`: parameter (`identifier`, `formals` or `bound-formals`), body
 * - `formals`: `formal`s; `formal`: identifier, default?; `bound-formals`: identifier and formals, as written
 * - `let`: bindings, then the body; `legacy-let`, `attrset`, `rec-attrset`: bindings
 * - `binding`: attrpath, value; `inherit`: `inherit-from`?, then attribute names
 * - `inherit-from`: expression
 * - `attrpath`: names (`identifier`, `string`, `interpolation`)
 * - `with`: scope, body; `assert`: condition, body; `if`: condition, then, else
 * - `binary`: left, right; `unary`: operand; `has-attribute`: expression, attrpath
 * - `apply`: function and all its arguments; `select`: expression, attrpath, default?
 * - `list`: elements; `parenthesis`: expression
 * - `string`, `indented-string`, `path`: `interpolation`s; `interpolation`: expression
 * - leaves: `identifier`, `integer`, `float`, `search-path`, `uri`
 * - `error`: unexpected tokens, or (empty) a missing expression
 */
export type NodeKind =
  | 'root'
  | 'lambda'
  | 'formals'
  | 'formal'
  | 'bound-formals'
  | 'let'
  | 'legacy-let'
  | 'attrset'
  | 'rec-attrset'
  | 'binding'
  | 'inherit'
  | 'inherit-from'
  | 'attrpath'
  | 'with'
  | 'assert'
  | 'if'
  | 'binary'
  | 'unary'
  | 'has-attribute'
  | 'apply'
  | 'select'
  | 'list'
  | 'parenthesis'
  | 'string'
  | 'indented-string'
  | 'path'
  | 'interpolation'
  | 'identifier'
  | 'integer'
  | 'float'
  | 'search-path'
  | 'uri'
  | 'error';

/** A node covers the tokens `first` to `last` (exclusive); those outside its children are its own. */
export interface SyntaxNode {
  kind: NodeKind;
  first: number;
  last: number;
  children: SyntaxNode[];
}

/** A syntax error and its place, in UTF-16 units of the text. */
export interface SyntaxProblem {
  start: number;
  end: number;
  message: string;
}

/** A text, its tokens and the tree over them. The tree covers the whole text. */
export interface SyntaxTree {
  text: string;
  tokens: Tokens;
  root: SyntaxNode;
  /** Empty if Nix accepts the syntax. */
  problems: SyntaxProblem[];
}

export function tokenStart(tree: SyntaxTree, token: number): number {
  return tree.tokens.ends[token - 1] ?? 0;
}

export function tokenText(tree: SyntaxTree, token: number): string {
  return tree.text.slice(tokenStart(tree, token), tree.tokens.ends[token]);
}

/**
 * Returns a child by its position, negative from the end.
 * @throws if the node has no such child, which is a defect of the caller
 */
export function childAt(node: SyntaxNode, index: number): SyntaxNode {
  const child = node.children.at(index);
  if (child === undefined) throw new Error(`\`${node.kind}\` has no child ${index}`);
  return child;
}

/** Where a node begins, in UTF-16 units of the text, and the unit after its end. */
export function nodeStart(tree: SyntaxTree, node: SyntaxNode): number {
  return tokenStart(tree, node.first);
}

export function nodeEnd(tree: SyntaxTree, node: SyntaxNode): number {
  return tokenStart(tree, node.last);
}

/** The text of a node, without the blanks and comments around it. */
export function nodeText(tree: SyntaxTree, node: SyntaxNode): string {
  return tree.text.slice(nodeStart(tree, node), nodeEnd(tree, node));
}
