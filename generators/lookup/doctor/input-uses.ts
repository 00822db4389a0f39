import { literalText, referencePath } from '../../lang/nix/declarations/scope.ts';
import { nodeText, type SyntaxNode, type SyntaxTree } from '../../lang/nix/syntax.ts';

/** What a file of a flake does with the flake's inputs. */
interface InputUses {
  /** Every name and text that can refer to an input. */
  names: Set<string>;
  /** Whether all inputs go to a function that may use any of them. */
  passesAll: boolean;
}

/**
 * The names in a file, without parameters and, in `flake.nix`, without the declarations of the inputs: there an input is
 * named and not used.
 */
export function inputUses(tree: SyntaxTree, isFlake: boolean): InputUses {
  const names = new Set<string>();
  let passesAll = false;
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'identifier') names.add(nodeText(tree, node));
    if (node.kind === 'string') names.add(literalText(tree, node) ?? '');
    if (node.kind === 'apply' && passesInputs(node)) passesAll = true;
    if (node.kind === 'formal') {
      // Its name is no use, its default may be.
      for (const child of node.children.slice(1)) visit(child);
      return;
    }
    for (const child of node.children) visit(child);
  };
  const passesInputs = ({ children: [called, ...args] }: SyntaxNode): boolean => {
    const path = called === undefined ? undefined : referencePath(tree, called);
    if (path?.at(-1) === 'mkFlake') {
      // flake-parts makes `pkgs` from an input of this name; other libraries use what they find.
      names.add('nixpkgs');
      return !path.includes('flake-parts');
    }
    return path?.at(-1) !== 'import' && args.some((one) => referencePath(tree, one)?.at(-1) === 'inputs');
  };
  /** The values of declared inputs: a `follows` names another input. */
  const visitDeclarations = (node: SyntaxNode): void => {
    if (node.kind === 'string') names.add(literalText(tree, node) ?? '');
    for (const child of node.kind === 'binding' ? node.children.slice(1) : node.children) visitDeclarations(child);
  };
  const top = tree.root.children[0];
  if (!isFlake || top === undefined || !/attrset$/.test(top.kind)) visit(tree.root);
  else {
    for (const binding of top.children) {
      const [path] = binding.children;
      const first = path?.children[0];
      if (first !== undefined && nodeText(tree, first) === 'inputs') visitDeclarations(binding);
      else visit(binding);
    }
  }
  return { names, passesAll };
}
