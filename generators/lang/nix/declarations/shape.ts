import { type SyntaxNode, type SyntaxTree, tokenStart } from '../syntax.ts';
import { firstSignificant, TokenKind } from '../token-kind.ts';

/** A hash (FNV-1a) of a node's tokens without blanks and comments; never 0. */
export function shapeOf(tree: SyntaxTree, node: SyntaxNode): number {
  let hash = 0x811c9dc5;
  for (let token = node.first; token < node.last; token += 1) {
    if ((tree.tokens.kinds[token] ?? TokenKind.End) < firstSignificant) continue;
    const end = tokenStart(tree, token + 1);
    for (let at = tokenStart(tree, token); at < end; at += 1)
      hash = Math.imul(hash ^ tree.text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 10, 0x01000193);
  }
  return hash >>> 0 || 1;
}
