import { childAt, type SyntaxNode, type SyntaxTree } from '../syntax.ts';
import type { Context } from './context.ts';
import type { Declaration } from './declaration.ts';
import { innermost } from './enclosed.ts';
import { fileName, wrapperName } from './given-name.ts';
import type { PackageName } from './package-name.ts';
import { isPassingFunction } from './passing-functions.ts';
import { follow, packageAt } from './references.ts';
import { referencePath, staticName } from './scope.ts';

/** Functions that change a package's priority or output and nothing else. */
const transparent = /^(hiPrio|lowPrio|setPrio|getBin|getLib|getDev|getOutput|dontDistribute|addMetaAttrs)$/;
const overriding =
  /^(override|overrideAttrs|overrideDerivation|overridePythonAttrs|withPlugins|withExtensions|combine)$/;
const environments = /^(withPackages|buildEnv)$/;
/** Functions that build a package from other arguments. */
const making = /^(?:write|mk|make|build|run|wrap|symlink|concat|fetch|to|from|call|import)(?:[A-Z]|$)/;

/** The meaning of a call in a list of packages. */
export type PackageCall =
  /** Lists of packages: `optionals c [ … ]`. */
  | { kind: 'list' }
  /** The package `base`, with another priority or output. */
  | { kind: 'same'; base: SyntaxNode }
  /** The package `base`, overridden. */
  | { kind: 'overridden'; base: SyntaxNode }
  | { kind: 'package'; name: PackageName; form: Exclude<Declaration['form'], 'plain'> }
  /** `python3.withPackages (ps: [ ps.rich ])`: a package with libraries. */
  | { kind: 'environment'; name: PackageName; libraries: SyntaxNode }
  | { kind: 'unknown' };

export function packageCall(node: SyntaxNode, context: Context): PackageCall {
  const { tree } = context.file;
  const head = childAt(node, 0);
  const args = node.children.slice(1);
  const final = childAt(node, -1);
  const path = referencePath(tree, head) ?? [];
  const last = path.at(-1) ?? '';
  if (isPassingFunction(last) && !/^(map|filter|attrValues)$/.test(last)) return { kind: 'list' };
  if (transparent.test(last)) return { kind: 'same', base: final };
  if (path.length > 1 && head.kind === 'select') {
    const receiver = packageAt(path.slice(0, -1), context);
    if (environments.test(last) && final.kind !== 'attrset')
      return receiver === undefined ? unknown : { kind: 'environment', name: receiver, libraries: final };
    if (overriding.test(last)) return overrideOf(receiver);
  } else if (head.kind === 'select' && overriding.test(methodName(tree, head))) {
    // `(pkgs.x.override { }).overrideAttrs (…)`
    return { kind: 'overridden', base: childAt(head, 0) };
  }
  if (last === 'callPackage' || last === 'callPackages' || path.join('.') === 'import')
    return named(args[0] && fileName(tree, args[0]), 'call-package');
  const definition = head.kind === 'identifier' ? follow(head, context)?.node : undefined;
  const body = definition === undefined || definition.kind === 'apply' ? undefined : innermost(definition);
  const wrapper =
    wrapperName(tree, args) ?? (body?.kind === 'apply' ? wrapperName(tree, body.children.slice(1)) : undefined);
  if (wrapper !== undefined) return named(wrapper, 'wrapper');
  // A function of unknown meaning around a package: `wrap pkgs.x`.
  for (const argument of args) {
    const around = referencePath(tree, argument) ?? [];
    const reference = around.length > 1 && around[0] !== 'config' ? packageAt(around, context) : undefined;
    if (reference !== undefined) return overrideOf(reference);
  }
  // `writeShellApplication { name = …; }` with a computed name: the function is not a package.
  const isCall = path.length > 1 || /^(?:lambda|attrset|list|parenthesis)$/.test(final.kind);
  return definition === undefined && path.length > 0 && isCall && !path.includes('lib') && !making.test(last)
    ? overrideOf(packageAt(path, context))
    : unknown;
}

const unknown: PackageCall = { kind: 'unknown' };

function overrideOf(name: PackageName | undefined): PackageCall {
  return name === undefined ? unknown : { kind: 'package', name, form: 'override' };
}

function named(name: string | undefined, form: 'call-package' | 'wrapper'): PackageCall {
  return name === undefined ? unknown : { kind: 'package', name: { name, set: null }, form };
}

function methodName(tree: SyntaxTree, head: SyntaxNode): string {
  const name = head.children[1]?.children.at(-1);
  return name === undefined ? '' : staticName(tree, name);
}
