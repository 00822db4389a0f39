import { type SyntaxNode, type SyntaxTree, tokenStart } from '../syntax.ts';

const words = /[pP]ackages|fonts|enabled?\b|with\s+pkgs|pkgs[^[;]{0,200}:\s*(?:with|\[|let)/g;

/** Tests whether a node contains a word that every declaration has, so that most of a file is not read further. */
export function declaringWords(tree: SyntaxTree): (node: SyntaxNode) => boolean {
  const offsets = Array.from(tree.text.matchAll(words), ({ index }) => index);
  return (node) => {
    const start = tokenStart(tree, node.first);
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? Number.POSITIVE_INFINITY) < start) low = middle + 1;
      else high = middle;
    }
    return (offsets[low] ?? Number.POSITIVE_INFINITY) < tokenStart(tree, node.last);
  };
}
