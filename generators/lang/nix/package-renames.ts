import { boundName, referencePath } from './declarations/scope.ts';
import { parse } from './parse.ts';
import { type SyntaxNode, type SyntaxTree, tokenStart } from './syntax.ts';

/**
 * The former names of packages with their current ones, from the text of nixpkgs' `pkgs/top-level/aliases.nix`:
 * `a = b; # Added 2025-10-27` and `a = warnAlias "…" b;`. Names that stay on purpose have no such remark, or one with
 * `preserve`; what was removed (`throw`) has no current name.
 */
export function packageRenames(text: string): ReadonlyMap<string, string> {
  const tree = parse(text);
  const renames = new Map<string, string>();
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) visit(child);
    const value = node.children[1];
    const name = node.kind === 'binding' ? boundName(tree, node) : undefined;
    if (name === undefined || value === undefined) return;
    const { target, warns } = targetOf(tree, value);
    const end = tokenStart(tree, node.last);
    const remark = /^.*/.exec(text.slice(end))?.[0] ?? '';
    if (target === undefined || target === name || /\bpreserve\b/.test(remark)) return;
    if (warns || /\b(?:added|converted|deprecated)\b.*\d{4}/i.test(remark)) renames.set(name, target);
  };
  visit(tree.root);
  return renames;
}

function targetOf(tree: SyntaxTree, value: SyntaxNode): { target: string | undefined; warns: boolean } {
  const [called, ...args] = value.kind === 'apply' ? value.children : [];
  const warns = called !== undefined && /warn/i.test(referencePath(tree, called)?.at(-1) ?? '');
  const target = called === undefined ? value : warns ? args.at(-1) : undefined;
  return { target: target && referencePath(tree, target)?.join('.'), warns };
}
