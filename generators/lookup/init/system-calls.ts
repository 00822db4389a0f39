import { referencePath, staticName } from '../../lang/nix/declarations/scope.ts';
import { lineCounter } from '../../lang/nix/line-counter.ts';
import { nodeText, type SyntaxNode, type SyntaxTree, tokenStart } from '../../lang/nix/syntax.ts';

/** A call of `nixosSystem` or `homeManagerConfiguration`, where a configuration gets its modules. */
export interface SystemCall {
  kind: 'nixos' | 'home-manager';
  /** From 1: the line of the `[` of its `modules`, else of their value, else of the call. */
  line: number;
  /** Whether `modules` is a written list. */
  hasList: boolean;
  /** The attribute that holds the configuration: `laptop`; null where a function makes several. */
  name: string | null;
  /** Whether its modules get `inputs`: they are named in `specialArgs` or `extraSpecialArgs`. */
  passesInputs: boolean;
  /** How our input is written there: `inputs.nixos-intelligence`; null where no input is in scope. */
  input: string | null;
  /** How the flake itself is written there: `self`, `inputs.self`; null where it is not in scope. */
  self: string | null;
}

const functions: ReadonlyMap<string, SystemCall['kind']> = new Map([
  ['nixosSystem', 'nixos'],
  ['homeManagerConfiguration', 'home-manager'],
]);
const ourInput = 'nixos-intelligence';

/**
 * The calls in a file, in their order: of the functions of nixpkgs and home-manager (`nixpkgs.lib.nixosSystem`, or
 * inherited from there), also under a local name (`systemFunc = nixpkgs.lib.nixosSystem`), not of the
 * configuration's own function of the same name (`mylib.nixosSystem`).
 *
 * @param isFlake whether the arguments of `outputs` are in scope, by name
 */
export function systemCalls(tree: SyntaxTree, isFlake: boolean): SystemCall[] {
  const lineOf = lineCounter(tree);
  const names = localNames(tree);
  const calls: SystemCall[] = [];
  const visit = (node: SyntaxNode, scope: readonly string[], name: string | null): void => {
    const inner = [...scope, ...boundNames(tree, node)];
    if (node.kind === 'apply') {
      const [head, argument] = node.children;
      const kind = head && calledKind(tree, head, names);
      if (kind !== undefined && argument !== undefined) {
        const modules = bindingValue(tree, argument, 'modules');
        const list = modules && firstList(modules);
        calls.push({
          kind,
          line: lineOf.atOffset(tokenStart(tree, (list ?? modules ?? node).first)),
          hasList: list !== undefined,
          name,
          passesInputs: passesInputs(tree, argument),
          ...inScope(inner, isFlake),
        });
      }
    }
    for (const child of node.children) visit(child, inner, nameOf(tree, node) ?? name);
  };
  visit(tree.root, [], null);
  return calls;
}

/** The last name of a binding; a function makes configurations of several names. */
function nameOf(tree: SyntaxTree, { kind, children: [path, value] }: SyntaxNode): string | null | undefined {
  const name = path?.children.at(-1);
  if (kind !== 'binding' || name === undefined || value?.kind === 'lambda') return undefined;
  const text = staticName(tree, name);
  return /^[\w-]+$/.test(text) && text !== 'outputs' && !/Configurations$/.test(text) ? text : undefined;
}

function calledKind(
  tree: SyntaxTree,
  head: SyntaxNode,
  names: ReadonlyMap<string, SystemCall['kind'] | null>,
): SystemCall['kind'] | undefined {
  const path = referencePath(tree, head);
  const name = path?.at(-1);
  if (path === undefined || name === undefined) return undefined;
  if (path.length === 1) return (names.has(name) ? names.get(name) : functions.get(name)) ?? undefined;
  return path.at(-2) === 'lib' ? functions.get(name) : undefined;
}

/** Local names of the functions: `systemFunc = if darwin then … else nixpkgs.lib.nixosSystem;`; null: a function of its own. */
function localNames(tree: SyntaxTree): Map<string, SystemCall['kind'] | null> {
  const names = new Map<string, SystemCall['kind'] | null>();
  const visit = (node: SyntaxNode): void => {
    const [path, value] = node.children;
    const name = path?.children[0];
    if (node.kind === 'binding' && path?.children.length === 1 && name !== undefined && value !== undefined) {
      if (value.kind === 'lambda') names.set(staticName(tree, name), null);
      for (const part of value.kind === 'if' ? value.children.slice(1) : [value]) {
        const kind = functions.get(referencePath(tree, part)?.at(-1) ?? '');
        if (kind !== undefined) names.set(staticName(tree, name), kind);
      }
    }
    for (const child of node.children) visit(child);
  };
  visit(tree.root);
  return names;
}

function bindingValue(tree: SyntaxTree, node: SyntaxNode, name: string): SyntaxNode | undefined {
  if (node.kind === 'parenthesis' || node.kind === 'let' || node.kind === 'binary' || node.kind === 'rec-attrset')
    for (const child of node.children) {
      const found = child.kind === 'binding' ? undefined : bindingValue(tree, child, name);
      if (found !== undefined) return found;
    }
  return node.children.find(
    ({ kind, children: [path] }) =>
      kind === 'binding' &&
      path?.children.length === 1 &&
      path.children[0] &&
      staticName(tree, path.children[0]) === name,
  )?.children[1];
}

/** The list itself, or the first one of `[ a ] ++ b`. */
function firstList(node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === 'list') return node;
  if (node.kind !== 'binary' && node.kind !== 'parenthesis' && node.kind !== 'let') return undefined;
  for (const child of node.children) {
    const found = firstList(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function passesInputs(tree: SyntaxTree, argument: SyntaxNode): boolean {
  const text = argument.children
    .filter((child) => /^(?:inherit\s|extraSpecialArgs|specialArgs)/.test(nodeText(tree, child)))
    .map((child) => nodeText(tree, child))
    .join('\n');
  // What a name stands for is not followed: `inherit specialArgs` counts where the file names `inputs` in one.
  if (/\binputs\b/.test(text)) return true;
  return /\b(?:extraSpecialArgs|specialArgs)\b/.test(text) && /pecialArgs\s*=[^;]*\binputs\b/.test(tree.text);
}

/** The names that a function's arguments and a `let` bind. */
function boundNames(tree: SyntaxTree, node: SyntaxNode): string[] {
  if (node.kind === 'lambda') {
    const [parameter] = node.children;
    return parameter === undefined ? [] : parameterNames(tree, parameter);
  }
  if (node.kind !== 'let') return [];
  return node.children.flatMap(({ kind, children }) => {
    if (kind === 'inherit')
      return children.filter((child) => child.kind !== 'inherit-from').map((child) => nodeText(tree, child));
    const name = children[0]?.children[0];
    return kind === 'binding' && name !== undefined ? [nodeText(tree, name)] : [];
  });
}

function parameterNames(tree: SyntaxTree, parameter: SyntaxNode): string[] {
  if (parameter.kind === 'identifier') return [nodeText(tree, parameter)];
  return parameter.children.flatMap((child) =>
    child.kind === 'formal' && child.children[0] !== undefined
      ? [nodeText(tree, child.children[0])]
      : parameterNames(tree, child),
  );
}

function inScope(scope: readonly string[], isFlake: boolean): Pick<SystemCall, 'input' | 'self'> {
  if (scope.includes('inputs')) return { input: `inputs.${ourInput}`, self: 'inputs.self' };
  if (scope.includes('self')) return { input: isFlake ? ourInput : `self.inputs.${ourInput}`, self: 'self' };
  return { input: isFlake ? ourInput : null, self: null };
}
