import { type SyntaxNode, type SyntaxTree, tokenText } from './syntax.ts';

/**
 * The text of a tree (or of one node), token by token: for every text `print(parse(text))` is that text. `replace`
 * returns another text for a node, or undefined to print the node itself.
 */
export function print(
  tree: SyntaxTree,
  replace: (node: SyntaxNode) => string | undefined = () => undefined,
  from: SyntaxNode = tree.root,
): string {
  const out: string[] = [];
  // An explicit stack: a tree may be deeper than the call stack.
  const stack: { node: SyntaxNode; child: number; token: number }[] = [];
  const enter = (node: SyntaxNode): void => {
    const other = replace(node);
    if (other === undefined) stack.push({ node, child: 0, token: node.first });
    else out.push(other);
  };
  enter(from);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // An empty node represents missing text.
    while (isEmpty(top.node.children[top.child])) top.child += 1;
    const child = top.node.children[top.child];
    const until = child === undefined ? top.node.last : child.first;
    for (; top.token < until; top.token += 1) out.push(tokenText(tree, top.token));
    if (child === undefined) {
      stack.pop();
    } else {
      top.child += 1;
      top.token = child.last;
      enter(child);
    }
  }
  return out.join('');
}

function isEmpty(node: SyntaxNode | undefined): boolean {
  return node !== undefined && node.first >= node.last;
}
