import { type SyntaxNode, type SyntaxTree, tokenStart } from './syntax.ts';

/** Line numbers of nodes and offsets, in any order; fast in ascending order. */
export function lineCounter(
  tree: SyntaxTree,
): ((node: SyntaxNode) => number) & { atOffset: (offset: number) => number } {
  let line = 1;
  let offset = 0;
  const atOffset = (wanted: number): number => {
    if (wanted < offset) {
      line = 1;
      offset = 0;
    }
    for (
      let next = tree.text.indexOf('\n', offset);
      next !== -1 && next < wanted;
      next = tree.text.indexOf('\n', next + 1)
    ) {
      line += 1;
      offset = next + 1;
    }
    return line;
  };
  return Object.assign((node: SyntaxNode) => atOffset(tokenStart(tree, node.first)), { atOffset });
}
