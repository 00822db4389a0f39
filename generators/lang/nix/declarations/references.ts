import type { SyntaxNode } from '../syntax.ts';
import { type Context, deeper } from './context.ts';
import { type PackageName, packageName } from './package-name.ts';
import { boundName, lookUp, openedSet, referencePath } from './scope.ts';

/** The value that a name or a path of names is bound to in this file, with the context to read it in. */
export function follow(node: SyntaxNode, context: Context): { node: SyntaxNode; context: Context } | undefined {
  const { tree } = context.file;
  const path = referencePath(tree, node);
  if (path === undefined) return undefined;
  const bound = lookUp(context.scope, path[0] ?? '');
  if (bound === undefined || bound.value === null) return undefined;
  let value: SyntaxNode | undefined = bound.value;
  for (const name of path.slice(1)) {
    if (value?.kind !== 'attrset' && value?.kind !== 'rec-attrset') return undefined;
    value = value.children.find((child) => child.kind === 'binding' && boundName(tree, child) === name)?.children[1];
  }
  if (value === undefined || context.followed.includes(value)) return undefined;
  return { node: value, context: deeper(context, { scope: bound.scope, followed: [...context.followed, value] }) };
}

/** The package that a path of names refers to, without following it into another expression. */
export function packageAt(path: readonly string[], context: Context): PackageName | undefined {
  const [root = '', ...rest] = path;
  const bound = lookUp(context.scope, root);
  if (bound === undefined) {
    const opened = openedSet(context.scope);
    const isInSet =
      path.length === 1 || (opened.join('.') === 'pkgs' && !/^(pkgs|inputs|self|config|lib|nixpkgs)/.test(root));
    return packageName(path, isInSet ? opened : []);
  }
  if (bound.value === null) {
    // An argument: of its names, those of package sets are known.
    if (rest.length === 0) return undefined;
    return packageName(/^p$|^ps$|pkgs|^super$|^prev$|^final$|^self$/i.test(root) ? ['pkgs', ...rest] : path);
  }
  const value = referencePath(context.file.tree, bound.value);
  if (value !== undefined) return packageName([...value, ...rest]);
  // `unstable = import inputs.unstable { … }`: the name stands for a package set.
  return rest.length === 0 ? { name: root, set: null } : { name: rest.join('.'), set: root };
}

/** The path of a package set whose first name may be bound in this file: `p` in `p: with p; …` is the set itself. */
export function packageSetPath(path: readonly string[], context: Context): readonly string[] {
  const [root, ...rest] = path;
  const bound = root === undefined ? undefined : lookUp(context.scope, root);
  if (bound === undefined) return path;
  if (bound.value === null) return rest;
  const value = referencePath(context.file.tree, bound.value);
  return value === undefined ? path : [...value, ...rest];
}
