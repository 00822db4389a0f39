import { nodeText, type SyntaxNode, type SyntaxTree } from './syntax.ts';

/** The names that a flake's configurations and local definitions refer to. */
export interface References {
  /** Configuration (`laptop` of `nixosConfigurations.laptop`) -> the identifiers in its value. */
  configurations: ReadonlyMap<string, ReadonlySet<string>>;
  /** Name of a `let` -> the identifiers in its value. */
  locals: ReadonlyMap<string, ReadonlySet<string>>;
}

const outputs = /^(?:nixosConfigurations|homeConfigurations)$/;

/** The configurations of a flake, written out or made by local functions, with the names that they use. */
export function referencesIn(tree: SyntaxTree): References {
  const configurations = new Map<string, Set<string>>();
  const locals = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, name: string, node: SyntaxNode): void => {
    const found = map.get(name) ?? new Set();
    for (const identifier of identifiers(tree, node)) found.add(identifier);
    map.set(name, found);
  };
  const visit = (node: SyntaxNode, isLocal: boolean): void => {
    const [names, value] = node.children;
    if (node.kind === 'binding' && names !== undefined && value !== undefined) {
      const path = names.children.map((name) => nodeText(tree, name).replace(/^"|"$/g, ''));
      const index = path.findIndex((name) => outputs.test(name));
      const name = path[index + 1];
      if (index >= 0 && name !== undefined) add(configurations, name, value);
      else if (index >= 0) {
        for (const binding of bindingsOf(value)) {
          const [first, own] = binding.children;
          const host = first?.children[0];
          if (host !== undefined && own !== undefined) {
            add(configurations, nodeText(tree, host).replace(/^"|"$/g, ''), own);
          }
        }
      } else if (isLocal && path.length === 1 && path[0] !== undefined) add(locals, path[0], value);
    }
    const last = node.children.length - 1;
    for (const [index, child] of node.children.entries()) visit(child, node.kind === 'let' && index < last);
  };
  visit(tree.root, false);
  return { configurations, locals };
}

/** The bindings of an attribute set, also inside `let`, functions and the like. */
function bindingsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === 'attrset' || node.kind === 'rec-attrset') {
    return node.children.filter(({ kind }) => kind === 'binding');
  }
  if (node.kind === 'binary') return node.children.flatMap(bindingsOf);
  const last = node.children.at(-1);
  return last === undefined || !/^(?:let|parenthesis|with|lambda|apply)$/.test(node.kind) ? [] : bindingsOf(last);
}

function identifiers(tree: SyntaxTree, node: SyntaxNode, found = new Set<string>()): Set<string> {
  if (node.kind === 'identifier') found.add(nodeText(tree, node));
  for (const child of node.children) identifiers(tree, child, found);
  return found;
}
