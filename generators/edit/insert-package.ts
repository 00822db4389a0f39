import { lookUp, openedSet } from '../lang/nix/declarations/scope.ts';
import { nodeEnd, nodeStart, nodeText, type SyntaxNode, type SyntaxTree, tokenStart } from '../lang/nix/syntax.ts';
import { TokenKind } from '../lang/nix/token-kind.ts';
import { blockComment, insertAfter } from './insert-after.ts';
import { indentAt, lineAt, lineBreakAt } from './line-parts.ts';
import type { NixFile } from './source-tree.ts';
import type { TextEdit } from './text-edit.ts';
import type { PackageList } from './written-packages.ts';

/**
 * How a list names a package of `pkgs`: `ripgrep` in `with pkgs; [ … ]`, else `pkgs.ripgrep`; null where `pkgs` is not
 * in scope, or the list takes its names from another set.
 */
export function spellPackage(file: NixFile, { node, context }: PackageList, attribute: string): string | null {
  // Other names need quotes, and their dots are not told apart.
  if (!/^[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)*$/.test(attribute)) return null;
  const [root = ''] = attribute.split('.');
  const opened = openedSet(context.scope).join('.');
  if (node.kind === 'inherit') {
    const [from] = node.children;
    const isPkgs = from?.kind === 'inherit-from' && nodeText(file.tree, from).replace(/[()\s]/g, '') === 'pkgs';
    return isPkgs && root === attribute ? attribute : null;
  }
  if (context.strings) return JSON.stringify(attribute);
  if (opened === 'pkgs' && lookUp(context.scope, root) === undefined) return attribute;
  if (lookUp(context.scope, 'pkgs') !== undefined) return null;
  return isInScope(file, node, 'pkgs') ? `pkgs.${attribute}` : null;
}

/** Whether a name is an argument of a function around a node. */
function isInScope({ tree, parentOf }: NixFile, node: SyntaxNode, name: string): boolean {
  for (let at = parentOf(node); at !== undefined; at = parentOf(at)) {
    const [parameter] = at.children;
    if (at.kind !== 'lambda' || parameter === undefined) continue;
    if (parameter.kind === 'identifier' && nodeText(tree, parameter) === name) return true;
    const formals = parameter.kind === 'bound-formals' ? parameter.children : [parameter];
    const names = formals
      .flatMap(({ children }) => children)
      .map(({ children: [first] }) => first && nodeText(tree, first));
    if (names.includes(name)) return true;
  }
  return false;
}

/**
 * Adds an element to a list, in the order and the form of its elements: at its place where they are sorted, else at the
 * end; on a line of its own where they are.
 *
 * @param comment on one line, or null
 */
export function insertIntoList({ tree }: NixFile, node: SyntaxNode, element: string, comment: string | null): TextEdit {
  const children = node.children.filter(({ kind }) => kind !== 'inherit-from');
  const before = children[placeOf(tree, children, element)];
  if (before === undefined) return insertIntoEmpty(tree, node, element, comment);
  return insertAfter(tree, node, before, element, comment);
}

/** Index of the element after which a new one belongs; -1: the list is empty. */
function placeOf(tree: SyntaxTree, children: readonly SyntaxNode[], element: string): number {
  const key = (text: string): string => text.replace(/^pkgs\.|"/g, '').toLowerCase();
  const wanted = key(element);
  const group = lastGroup(tree, children);
  for (const from of [0, group]) {
    const keys = children.slice(from).map((child) => key(nodeText(tree, child)));
    const isSorted = keys.length > 2 && keys.every((one, index) => index === 0 || (keys[index - 1] ?? '') <= one);
    if (!isSorted) continue;
    const index = keys.findLastIndex((one) => one <= wanted);
    if (index >= 0) return from + index;
  }
  return children.length - 1;
}

/** Where the last elements begin that no blank line and no line of comment is between. */
function lastGroup(tree: SyntaxTree, children: readonly SyntaxNode[]): number {
  for (let index = children.length - 1; index > 0; index -= 1) {
    const [left, right] = [children[index - 1], children[index]];
    if (left === undefined || right === undefined) continue;
    const between = tree.text.slice(nodeEnd(tree, left), nodeStart(tree, right));
    if (/\n[ \t]*(?:\r?\n|#|\/\*)/.test(between)) return index;
  }
  return 0;
}

function insertIntoEmpty(tree: SyntaxTree, node: SyntaxNode, element: string, comment: string | null): TextEdit {
  const { text } = tree;
  const open = tokenStart(tree, node.first + 1);
  const close = tokenStart(tree, node.last - 1);
  const inside = text.slice(open, close);
  if (!inside.includes('\n')) {
    const added = ` ${element}${blockComment(comment)}`;
    return { start: open, end: open, text: inside === '' ? `${added} ` : added };
  }
  // Before the line of the closing bracket, behind the comments.
  const closing = lineAt(text, close).start;
  const hasComment = tree.tokens.kinds.slice(node.first, node.last).some((kind) => kind === TokenKind.LineComment);
  const unit = text.includes('\n\t') ? '\t' : '  ';
  const indent = hasComment ? /\n([ \t]*)[#/]/.exec(inside)?.[1] : undefined;
  const line = `${indent ?? indentAt(text, close) + unit}${element}${comment === null ? '' : ` # ${comment}`}`;
  return { start: closing, end: closing, text: `${line}${lineBreakAt(text, open)}` };
}
