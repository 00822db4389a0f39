import { lineCounter } from './line-counter.ts';
import { nodeText, type SyntaxNode, type SyntaxTree } from './syntax.ts';

/** An input of a flake that no expression names. */
export interface UnusedInput {
  name: string;
  /** From 1: where flake.nix declares it. */
  line: number;
}

/** Libraries that take all inputs and use some of them by their names alone. */
const frameworks =
  /\b(?:blueprint|snowfall|flakelight|digga|haumea|flake-utils-plus|nixos-unified|clan-core|paisano|ez-configs|std|hive|den|unify)\b/;
/** Used without a name: by the tools of Nix, or by flake-utils and flake-parts. */
const implicit = new Set(['self', 'nixpkgs', 'systems']);

/**
 * The inputs that flake.nix declares and that neither it nor another file of the flake names: as an identifier, an
 * attribute, or in a string (`follows = "…"`). Empty where a file uses all inputs at once (`mapAttrs f inputs`), or a
 * library may.
 *
 * @param others the other `.nix` files of the flake
 */
export function unusedInputs(flake: SyntaxTree, others: readonly SyntaxTree[]): UnusedInput[] {
  const declared = declaredInputs(flake);
  if (declared === undefined || declared.names.size === 0 || frameworks.test(declared.text)) return [];
  const roots = new Set(['inputs', ...argumentsName(flake)]);
  const named = new Set<string>();
  for (const tree of [flake, ...others]) {
    if (!collectNames(tree, roots, named, declared)) return [];
  }
  const lineAt = lineCounter(flake);
  const texts = [flake, ...others].map(({ text }) => text);
  return [...declared.names].flatMap(([name, node]) =>
    implicit.has(name) || named.has(name) || isCommentedOut(name, texts) ? [] : [{ name, line: lineAt(node) }],
  );
}

/** Whether a comment uses the input: `# inputs.x.packages.default, until it builds again`. */
function isCommentedOut(name: string, texts: readonly string[]): boolean {
  const use = new RegExp(
    `(?<![\\w'./:-])(?:inputs\\.)?${name.replace(/[^\w-]/g, '.')}\\.(?!(?:url|inputs|follows|flake)\\b)[a-zA-Z]`,
  );
  return texts.some((text) => use.test(text));
}

interface DeclaredInputs {
  /** name -> the node of the name */
  names: ReadonlyMap<string, SyntaxNode>;
  /** The parameters of `outputs`: they name an input without using it. */
  parameters: ReadonlySet<SyntaxNode>;
  /** A binding that declares an input -> the input, which the binding does not use. */
  bindings: ReadonlyMap<SyntaxNode, string>;
  /** The source of all declarations. */
  text: string;
}

/** `inputs = { a.url = …; b = { … }; }` and `inputs.a.url = …`; undefined where they are not written out. */
function declaredInputs(flake: SyntaxTree): DeclaredInputs | undefined {
  const [top] = flake.root.children;
  if (top?.kind !== 'attrset') return undefined;
  const names = new Map<string, SyntaxNode>();
  const bindings = new Map<SyntaxNode, string>();
  const texts: string[] = [];
  let parameters: readonly SyntaxNode[] = [];
  const declare = (binding: SyntaxNode, node: SyntaxNode | undefined): void => {
    if (node === undefined) return;
    const name = nameOf(flake, node);
    if (!names.has(name)) names.set(name, node);
    bindings.set(binding, name);
  };
  for (const binding of top.children) {
    const [path, value] = binding.children;
    const [first, second] = path?.children ?? [];
    if (binding.kind !== 'binding' || first === undefined) continue;
    if (nameOf(flake, first) === 'outputs') parameters = formalsOf(value);
    if (nameOf(flake, first) !== 'inputs') continue;
    texts.push(nodeText(flake, binding));
    if (second !== undefined) declare(binding, second);
    else if (value?.kind !== 'attrset') return undefined;
    else {
      for (const inner of value.children) {
        if (inner.kind === 'binding') declare(inner, inner.children[0]?.children[0]);
      }
    }
  }
  return { names, parameters: new Set(parameters), bindings, text: texts.join('\n') };
}

/** The names of the parameters of `outputs`: `nixpkgs` of `{ self, nixpkgs, ... }: …`. */
function formalsOf(outputs: SyntaxNode | undefined): SyntaxNode[] {
  const [parameter] = outputs?.kind === 'lambda' ? outputs.children : [];
  const formals =
    parameter?.kind === 'bound-formals' ? parameter.children.find(({ kind }) => kind === 'formals') : parameter;
  return formals?.kind === 'formals' ? formals.children.flatMap(({ children }) => children[0] ?? []) : [];
}

/** The name of all arguments of `outputs`: `args` of `{ self, ... }@args: …` or `args: …`. */
function argumentsName(flake: SyntaxTree): string[] {
  const outputs = flake.root.children[0]?.children.find(
    ({ kind, children }) =>
      kind === 'binding' && children[0] !== undefined && nodeText(flake, children[0]) === 'outputs',
  )?.children[1];
  const [parameter] = outputs?.kind === 'lambda' ? outputs.children : [];
  if (parameter === undefined) return [];
  const bound =
    parameter.kind === 'bound-formals' ? parameter.children.find(({ kind }) => kind === 'identifier') : parameter;
  return bound?.kind === 'identifier' ? [nodeText(flake, bound)] : [];
}

/** Arguments by which modules take inputs by their names. */
const passing = new Set(['inputs', 'specialArgs', 'extraSpecialArgs']);

/**
 * Adds every name of a file, and every word of its strings.
 *
 * @returns whether the file uses the inputs only by their names
 */
function collectNames(
  tree: SyntaxTree,
  roots: ReadonlySet<string>,
  named: Set<string>,
  { parameters, bindings }: DeclaredInputs,
): boolean {
  /** @param around the nodes around it, the nearest first */
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[], found: Set<string>): boolean => {
    if (parameters.has(node)) return true;
    if (node.kind === 'identifier') {
      const name = nodeText(tree, node);
      found.add(name);
      return !roots.has(name) || isUseByName(tree, node, around);
    }
    if (node.kind === 'string' || node.kind === 'indented-string' || node.kind === 'path') {
      for (const [word] of nodeText(tree, node).matchAll(/[\w'-]+/g)) found.add(word);
    }
    const own = bindings.get(node);
    const inside = own === undefined ? found : new Set<string>();
    const isByName = node.children.map((child) => visit(child, [node, ...around], inside)).every(Boolean);
    for (const name of inside) if (name !== own) found.add(name);
    return isByName;
  };
  return visit(tree.root, [], named);
}

/** Whether an identifier that stands for all inputs leads to some of them by name, or is only passed on. */
function isUseByName(tree: SyntaxTree, node: SyntaxNode, [parent, outer]: readonly SyntaxNode[]): boolean {
  const [first, second] = parent?.children ?? [];
  switch (parent?.kind) {
    case 'select': {
      const name = second?.children[0];
      return (
        first === node && name !== undefined && /^(?:identifier|string)$/.test(name.kind) && name.children.length === 0
      );
    }
    case 'attrpath':
      // `inputs.a.url = …` and `self.inputs.nixpkgs`, not `self.inputs`.
      return outer?.kind === 'binding' || parent.children.at(-1) !== node;
    case 'binding':
      return second === node && first !== undefined && passing.has(nodeText(tree, first).split('.').at(-1) ?? '');
    case 'inherit':
    case 'inherit-from':
    case 'formal':
    case 'bound-formals':
    case 'lambda':
      return true;
    default:
      return false;
  }
}

function nameOf(tree: SyntaxTree, node: SyntaxNode): string {
  return nodeText(tree, node).replace(/^"|"$/g, '');
}
