import { nodeEnd, nodeStart, type SyntaxNode, type SyntaxTree, tokenStart } from '../lang/nix/syntax.ts';
import { indentAt, isBlank, lineAt, lineBreakAt } from './line-parts.ts';
import type { TextEdit } from './text-edit.ts';

/**
 * Adds an element behind another of the same list or set: on a line of its own where the other is.
 *
 * @param comment on one line, or null
 */
export function insertAfter(
  tree: SyntaxTree,
  container: SyntaxNode,
  before: SyntaxNode,
  element: string,
  comment: string | null,
): TextEdit {
  const { text } = tree;
  const end = nodeEnd(tree, before);
  const line = lineAt(text, end);
  const start = nodeStart(tree, before);
  const isStacked = isBlank(text.slice(lineAt(text, start).start, start));
  const hasOthers = container.children.some(
    (other) => other !== before && nodeStart(tree, other) < line.end && nodeEnd(tree, other) > line.start,
  );
  if (!isStacked || hasOthers) return { start: end, end, text: ` ${element}${blockComment(comment)}` };
  const added = `${lineBreakAt(text, end)}${indentAt(text, start)}${element}`;
  // The list may end on this line.
  if (tokenStart(tree, container.last - 1) < line.end) return { start: end, end, text: added + blockComment(comment) };
  return { start: line.end, end: line.end, text: added + (comment === null ? '' : ` # ${comment}`) };
}

export const blockComment = (comment: string | null): string =>
  comment === null ? '' : ` /* ${comment.replaceAll('*/', '* /')} */`;
