import { type ListSource, outermost } from '../lang/nix/declarations/context.ts';
import { listElements } from '../lang/nix/declarations/list-elements.ts';
import { packagesOf } from '../lang/nix/declarations/packages.ts';
import { referencePath } from '../lang/nix/declarations/scope.ts';
import { visitModules } from '../lang/nix/declarations/visit-modules.ts';
import { childAt, nodeEnd, nodeStart, nodeText, type SyntaxNode, type SyntaxTree } from '../lang/nix/syntax.ts';

/** An element of a list of packages. */
export interface PackageEntry {
  /** The element; in `inherit (pkgs) a b` a name. */
  node: SyntaxNode;
  /** From 1. */
  line: number;
  /** The option of the list; `<list>`: the list is the value of its file. */
  list: string;
  /** The names of the packages that the element adds: `ripgrep`, `kdePackages.okular`. */
  names: readonly string[];
  /** Their package set if that is not `pkgs`: `unstable`. */
  set: string | null;
  /** Libraries that the element adds to its package. */
  libraries: readonly string[];
  /** Whether a condition decides whether it is installed. */
  conditional: boolean;
  /** Why it cannot be edited, or null. */
  blocked: string | null;
}

/** A list to which a package can be added. */
export interface PackageList extends ListSource {
  line: number;
  /** Number of elements. */
  size: number;
  conditional: boolean;
  blocked: string | null;
}

export interface WrittenPackages {
  entries: readonly PackageEntry[];
  lists: readonly PackageList[];
}

/** The lists of packages that are written in a file, and their elements. */
export function packagesOfFile(
  tree: SyntaxTree,
  parentOf: (node: SyntaxNode) => SyntaxNode | undefined,
): WrittenPackages {
  const start = outermost(tree);
  const { file } = start;
  const entries = new Map<SyntaxNode, PackageEntry>();
  const lists = new Map<SyntaxNode, PackageList>();
  visitModules(start, {
    packages: (value, list, context) => {
      const from = file.lists.length;
      for (const element of [...listElements(value, list, context)]) {
        const packages = packagesOf(element);
        const { node } = element;
        const around = surroundings(tree, parentOf, node, value);
        const twice = entries.get(node);
        entries.set(node, {
          node,
          line: file.lineOf(node),
          list,
          names: packages.filter(({ kind }) => kind === 'package').map(({ name }) => name),
          set: packages[0]?.set ?? null,
          libraries: packages.filter(({ kind }) => kind === 'library').map(({ name }) => name),
          conditional: around.conditional,
          blocked: twice === undefined || twice.list === list ? around.blocked : `is also in ${twice.list}`,
        });
      }
      for (const source of file.lists.slice(from)) {
        // `inherit` in a set of packages is part of that set.
        if (source.node.kind !== 'list' && source.node.kind !== 'inherit') continue;
        const own = { ...source, line: file.lineOf(source.node), size: source.node.children.length };
        lists.set(source.node, { ...own, ...surroundings(tree, parentOf, source.node, value) });
      }
    },
    option: () => {},
  });
  return { entries: [...entries.values()], lists: [...lists.values()].filter(({ node }) => isOuter(node, entries)) };
}

/** Whether a list is not in an element: the list of libraries in `python3.withPackages (ps: [ … ])` is. */
function isOuter(list: SyntaxNode, entries: ReadonlyMap<SyntaxNode, PackageEntry>): boolean {
  for (const { first, last } of entries.keys()) if (first < list.first && list.last <= last) return false;
  return true;
}

/** Functions that return the list in their last argument, or drop elements of it under a condition. */
const unconditional =
  /^(mkForce|mkDefault|mkBefore|mkAfter|mkOrder|mkOverride|mkVMOverride|mkMerge|concatLists|flatten|unique|attrValues|attrVals)$/;
const conditional = /^(mkIf|optional|optionals|optionalAttrs)$/;

/** What is between an element or a list and the value of the option, or the name that it is bound to. */
function surroundings(
  tree: SyntaxTree,
  parentOf: (node: SyntaxNode) => SyntaxNode | undefined,
  inner: SyntaxNode,
  value: SyntaxNode,
): Pick<PackageEntry, 'conditional' | 'blocked'> {
  let isConditional = false;
  let blocked: string | null = null;
  for (let node = inner; node !== value; ) {
    const parent = parentOf(node);
    if (parent === undefined) break;
    if (parent.kind === 'if') isConditional = true;
    if (parent.kind === 'apply') {
      const name = referencePath(tree, childAt(parent, 0))?.at(-1) ?? 'a function';
      if (conditional.test(name)) isConditional = true;
      else if (!unconditional.test(name)) blocked ??= `is an argument of \`${name}\`, which may change it`;
    }
    if (parent.kind === 'binding' && !isPackageSet(tree, parentOf, parent)) {
      const name = nodeText(tree, childAt(parent, 0));
      const uses = countUses(tree, name.split('.').at(-1) ?? name, parentOf(parent)?.kind === 'let');
      if (uses !== 1) blocked ??= `is in \`${name}\`, which is used ${uses} times`;
      break;
    }
    if (parent.kind === 'binary') {
      const operator = operatorOf(tree, parent);
      if (operator !== '++' && operator !== '//') blocked ??= `is an operand of \`${operator}\``;
    }
    node = parent;
  }
  return { conditional: isConditional, blocked };
}

/** Whether a binding is in the set of `attrValues { … }`. */
function isPackageSet(
  tree: SyntaxTree,
  parentOf: (node: SyntaxNode) => SyntaxNode | undefined,
  binding: SyntaxNode,
): boolean {
  let node = parentOf(binding);
  while (node !== undefined && /^(attrset|rec-attrset|parenthesis|with|binary)$/.test(node.kind)) node = parentOf(node);
  return node?.kind === 'apply' && /^attrVal(?:ues|s)$/.test(referencePath(tree, childAt(node, 0))?.at(-1) ?? '');
}

/** How often a name is referred to in a file; `isLocal`: only by itself, not as an attribute of a set. */
function countUses(tree: SyntaxTree, name: string, isLocal: boolean): number {
  let uses = 0;
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'identifier' && nodeText(tree, node) === name) uses += 1;
    for (const [index, child] of node.children.entries()) {
      // The names that a binding binds and a function takes are no uses.
      if ((node.kind === 'binding' || node.kind === 'formal') && index === 0) continue;
      if (isLocal && (node.kind === 'select' || node.kind === 'has-attribute') && index === 1) continue;
      visit(child);
    }
  };
  visit(tree.root);
  return uses;
}

/** The operator of a `binary`, without comments. */
function operatorOf(tree: SyntaxTree, node: SyntaxNode): string {
  const between = tree.text.slice(nodeEnd(tree, childAt(node, 0)), nodeStart(tree, childAt(node, 1)));
  return between.replace(/#[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
}
