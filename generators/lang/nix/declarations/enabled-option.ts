import { childAt, nodeText, type SyntaxNode, type SyntaxTree } from '../syntax.ts';
import { optionPath } from './package-lists.ts';
import { referencePath } from './scope.ts';

/**
 * The option that a binding enables: `programs.git` for `programs.git.enable = true` and for `programs.git = enabled`.
 * Undefined for other bindings, and where a name is computed.
 */
export function enabledOption(tree: SyntaxTree, path: readonly string[], value: SyntaxNode): string | undefined {
  const isEnable = path.at(-1) === 'enable';
  if (!mayBeTrue(tree, value) || !(isEnable || isEnabledWord(tree, value))) return undefined;
  const option = optionPath(isEnable ? path.slice(0, -1) : path);
  if (option.length === 0 || option.includes('settings') || option.some((name) => name.includes('${')))
    return undefined;
  return option.join('.');
}

/** Whether a value is `true` under some condition: `true`, `mkDefault true`, `mkIf c true`. */
function mayBeTrue(tree: SyntaxTree, value: SyntaxNode): boolean {
  if (value.kind === 'parenthesis') return mayBeTrue(tree, childAt(value, 0));
  if (value.kind === 'identifier') return /^(true|enabled)$/.test(nodeText(tree, value));
  if (value.kind !== 'apply') return false;
  const head = referencePath(tree, childAt(value, 0))?.at(-1) ?? '';
  return /^mk(Default|Force|If|Override)$/.test(head) && mayBeTrue(tree, childAt(value, -1));
}

/** `enabled`, `mkIf c enabled`: a name that configurations bind to `{ enable = true; }`. */
function isEnabledWord(tree: SyntaxTree, value: SyntaxNode): boolean {
  const last = value.kind === 'identifier' ? value : value.children.at(-1);
  if (last === undefined) return false;
  return last.kind === 'identifier' ? nodeText(tree, last) === 'enabled' : isEnabledWord(tree, last);
}
