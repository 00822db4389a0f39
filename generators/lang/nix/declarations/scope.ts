import { childAt, nodeText, type SyntaxNode, type SyntaxTree } from '../syntax.ts';
import { TokenKind } from '../token-kind.ts';

/** The names visible to an expression: bound names with their values, and the sets opened by `with`. */
export interface Scope {
  outer: Scope | null;
  bound: ReadonlyMap<string, SyntaxNode | null> | null;
  /** Path of a `with`, `['pkgs', 'kdePackages']`. */
  opened: readonly string[] | null;
}

/** @returns the node of the value and its scope; a null node: bound to an unknown value */
export function lookUp(scope: Scope | null, name: string): { value: SyntaxNode | null; scope: Scope } | undefined {
  for (let at = scope; at !== null; at = at.outer) {
    const value = at.bound?.get(name);
    if (value !== undefined) return { value, scope: at };
  }
  return undefined;
}

/** The set in which an unbound name is looked up: the innermost `with` that may contain packages. */
export function openedSet(scope: Scope | null): readonly string[] {
  for (let at = scope; at !== null; at = at.outer) {
    if (at.opened !== null && !/^(lib|builtins|config|cfg)$/.test(at.opened[0] ?? '')) {
      // `with pkgs; with kdePackages;`: the inner set is one of the outer's.
      const [root] = at.opened;
      const isRoot = root === undefined || /^(pkgs|inputs|self)$/.test(root) || lookUp(scope, root) !== undefined;
      return isRoot || at.opened.length === 0 ? at.opened : [...openedSet(at.outer), ...at.opened];
    }
  }
  return [];
}

export function withBindings(tree: SyntaxTree, outer: Scope | null, bindings: readonly SyntaxNode[]): Scope {
  const bound = new Map<string, SyntaxNode | null>();
  for (const binding of bindings) {
    if (binding.kind === 'binding') {
      const name = boundName(tree, binding);
      if (name !== undefined) bound.set(name, binding.children[1] ?? null);
    }
  }
  return { outer, bound, opened: null };
}

/** The name of a binding; undefined for a path of several names. */
export function boundName(tree: SyntaxTree, binding: SyntaxNode): string | undefined {
  const [name, ...more] = binding.children[0]?.children ?? [];
  return name === undefined || more.length > 0 ? undefined : staticName(tree, name);
}

/** A name of an attrpath: a plain or quoted name, or its text where it is computed. */
export function staticName(tree: SyntaxTree, name: SyntaxNode): string {
  if (name.kind === 'identifier') return nodeText(tree, name);
  return literalText(tree, name) ?? (name.kind === 'string' ? `\${${nodeText(tree, name)}}` : nodeText(tree, name));
}

/** The text of a string without interpolations; undefined for everything else. */
export function literalText(tree: SyntaxTree, node: SyntaxNode): string | undefined {
  if (node.kind !== 'string' || node.children.length > 0) return undefined;
  const text = nodeText(tree, node);
  return text.slice(1, tree.tokens.kinds[node.last - 1] === TokenKind.StringClose ? -1 : undefined);
}

/** `a.b.c` as names, computed ones as `${…}`; undefined where it does not begin with a name. */
export function referencePath(tree: SyntaxTree, node: SyntaxNode): string[] | undefined {
  if (node.kind === 'identifier') return [nodeText(tree, node)];
  if (node.kind === 'parenthesis') return referencePath(tree, childAt(node, 0));
  if (node.kind !== 'select') return undefined;
  const head = referencePath(tree, childAt(node, 0));
  if (head === undefined) return undefined;
  return [...head, ...(node.children[1]?.children ?? []).map((name) => staticName(tree, name))];
}
