import { childAt, nodeEnd, nodeStart, type SyntaxNode } from '../lang/nix/syntax.ts';
import { isBlank, lineAt } from './line-parts.ts';
import { removeChild } from './remove-child.ts';
import type { NixFile } from './source-tree.ts';
import type { TextEdit } from './text-edit.ts';

/** The edit that removes an element from its list; null where the syntax around it is not understood. */
export function removeEntry(file: NixFile, node: SyntaxNode): TextEdit | null {
  const { tree, parentOf } = file;
  const parent = parentOf(node);
  if (parent === undefined) return null;
  switch (parent.kind) {
    case 'list':
      return removeChild(tree, parent, node);
    case 'inherit': {
      const names = parent.children.filter(({ kind }) => kind !== 'inherit-from');
      const set = parentOf(parent);
      if (names.length > 1) return removeChild(tree, parent, node);
      return set === undefined ? null : removeChild(tree, set, parent);
    }
    case 'binding': {
      const set = parentOf(parent);
      return set === undefined ? null : removeChild(tree, set, parent);
    }
    case 'parenthesis':
      return removeEntry(file, parent);
    case 'apply':
      return removeOptional(parent);
    default:
      return null;
  }

  /** `++ lib.optional c pkgs.x` is removed as a whole. */
  function removeOptional(call: SyntaxNode): TextEdit | null {
    let operand = call;
    let around = parentOf(operand);
    while (around?.kind === 'parenthesis') {
      operand = around;
      around = parentOf(operand);
    }
    if (around?.kind === 'list') return removeChild(tree, around, operand);
    const { text } = tree;
    if (around?.kind === 'binary') {
      const [left, right] = [childAt(around, 0), childAt(around, 1)];
      const span =
        operand === right
          ? { start: nodeEnd(tree, left), end: nodeEnd(tree, right) }
          : { start: nodeStart(tree, left), end: nodeStart(tree, right) };
      return /#|\/\*/.test(text.slice(span.start, nodeStart(tree, operand))) ? null : { ...span, text: '' };
    }
    const start = nodeStart(tree, operand);
    const end = nodeEnd(tree, operand);
    return isBlank(text.slice(end, lineAt(text, end).end)) ? null : { start, end, text: '[ ]' };
  }
}
