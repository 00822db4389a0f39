import { childAt, nodeText, type SyntaxNode, type SyntaxTree } from '../syntax.ts';
import { boundName, literalText, referencePath } from './scope.ts';

/** An approximate name of a list element, to find it in the comments around it. */
export function roughName(tree: SyntaxTree, node: SyntaxNode): string {
  const inner = node.kind === 'parenthesis' ? childAt(node, 0) : node;
  if (inner.kind === 'apply') {
    const given = wrapperName(tree, inner.children.slice(1)) ?? fileName(tree, childAt(inner, 1));
    if (given !== undefined) return given;
    return roughName(tree, childAt(inner, 0)).replace(/\.(override\w*|withPackages)$/, '');
  }
  return (referencePath(tree, inner) ?? []).filter((name) => name !== 'pkgs').join('.');
}

/** The name that a call gives to its result: its first string, or `name` or `pname` of a set. */
export function wrapperName(tree: SyntaxTree, args: readonly SyntaxNode[]): string | undefined {
  for (const argument of args) {
    const bare = argument.kind === 'parenthesis' ? childAt(argument, 0) : argument;
    const text = literalText(tree, bare);
    if (text !== undefined) return /^[\w.+-]{1,80}$/.test(text) ? text : undefined;
    if (bare.kind !== 'attrset' && bare.kind !== 'rec-attrset') continue;
    for (const wanted of ['pname', 'name']) {
      for (const child of bare.children) {
        if (child.kind !== 'binding' || boundName(tree, child) !== wanted) continue;
        const given = child.children[1] === undefined ? undefined : literalText(tree, child.children[1]);
        if (given !== undefined && /^[\w.+-]{1,80}$/.test(given)) return given;
      }
    }
  }
  return undefined;
}

/** `./pkgs/gogcli.nix` and `./pkgs/gogcli` are gogcli. */
export function fileName(tree: SyntaxTree, node: SyntaxNode): string | undefined {
  if (node.kind !== 'path') return undefined;
  const parts = nodeText(tree, node)
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const last = parts.at(-1);
  if (last === undefined || last.includes('${')) return undefined;
  const named = /^(default|package)\.nix$/.test(last) ? parts.at(-2) : last.replace(/\.nix$/, '');
  return named !== undefined && /^[\w.+-]+$/.test(named) ? named : undefined;
}
