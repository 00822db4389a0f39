import { childAt, nodeText, type SyntaxNode } from '../syntax.ts';
import { type Context, deeper } from './context.ts';
import { packageSetPath } from './references.ts';
import { referencePath, type Scope, withBindings } from './scope.ts';

/** The body of `(…)`, `let`, `with`, `assert` or a function, with its context; undefined for other expressions. */
export function enclosed(node: SyntaxNode, context: Context): { node: SyntaxNode; context: Context } | undefined {
  switch (node.kind) {
    case 'root':
    case 'parenthesis':
      return { node: childAt(node, 0), context: deeper(context) };
    case 'assert':
    case 'let':
    case 'with':
    case 'lambda':
      return { node: childAt(node, -1), context: deeper(context, { scope: scopeInside(node, context) }) };
    default:
      return undefined;
  }
}

function scopeInside(node: SyntaxNode, context: Context): Scope | null {
  const outer = context.scope;
  const { tree } = context.file;
  switch (node.kind) {
    case 'let':
      return withBindings(tree, outer, node.children.slice(0, -1));
    case 'with': {
      const path = referencePath(tree, childAt(node, 0)) ?? [];
      return { outer, bound: null, opened: packageSetPath(path, context) };
    }
    case 'lambda': {
      const [parameter] = node.children;
      const name = parameter?.kind === 'identifier' ? nodeText(tree, parameter) : 'pkgs';
      return { outer, bound: name === 'pkgs' ? null : new Map([[name, null]]), opened: null };
    }
    default:
      return outer;
  }
}

/** The expression inside functions, `let`, `with` and parentheses. */
export function innermost(node: SyntaxNode): SyntaxNode {
  let body = node;
  while (body.kind === 'lambda' || body.kind === 'let' || body.kind === 'parenthesis' || body.kind === 'with') {
    body = childAt(body, -1);
  }
  return body;
}

/** Whether an expression is a list or a sum of lists. */
export function isListLike(node: SyntaxNode): boolean {
  const body = node.kind === 'lambda' ? node : innermost(node);
  return body.kind === 'list' || (body.kind === 'binary' && body.children.some(isListLike));
}
