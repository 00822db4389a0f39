import { onlyItem } from '../../order.ts';
import { boundName, literalText, referencePath } from './declarations/scope.ts';
import { childAt, nodeText, type SyntaxNode, type SyntaxTree } from './syntax.ts';

/** An option that a module renames or removes. */
export interface Rename {
  from: readonly string[];
  /** null: removed. */
  to: readonly string[] | null;
  /** The module's own message about a removed option; null where it is computed. */
  message: string | null;
  /** `alias`: both names may be used; `changed`: the value has another form under the new name. */
  form?: 'alias' | 'changed';
}

const renaming = /^mk(?:Renamed|Alias|Changed)OptionModule(?:MD)?$/;

/**
 * The options that a module renames or removes with `mkRenamedOptionModule` and similar functions. Computed names are
 * skipped.
 */
export function renamesIn(tree: SyntaxTree): Rename[] {
  const found: Rename[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) visit(child);
    if (node.kind !== 'apply') return;
    const name = referencePath(tree, childAt(node, 0))?.at(-1) ?? '';
    const [, first, second] = node.children;
    if (first === undefined) return;
    if (renaming.test(name) && second !== undefined) {
      const form = /^mk(Alias|Changed)/.exec(name)?.[1];
      add(names(first), names(second), null, form === 'Alias' ? 'alias' : form === 'Changed' ? 'changed' : undefined);
    } else if (name === 'mkMergedOptionModule' && second !== undefined && first.kind === 'list')
      for (const from of first.children) add(names(from), names(second), null, 'changed');
    else if (name === 'mkRemovedOptionModule') add(names(first), null, second === undefined ? null : text(second));
    else if (name === 'mkRenamedOptionModuleWith') add(field(first, 'from'), field(first, 'to'), null);
    else if (name === 'mkSettingsRenamedOptionModules') addSettings(node);
  };
  const add = (from: string[] | null, to: string[] | null, message: string | null, form?: Rename['form']): void => {
    if (from !== null && from.length > 0) found.push({ from, to, message, ...(form === undefined ? {} : { form }) });
  };
  /** home-manager's `mkSettingsRenamedOptionModules oldPrefix newPrefix { … } [ { old = …; new = …; } … ]`. */
  const addSettings = ({ children: [, oldPrefix, newPrefix, , specs] }: SyntaxNode): void => {
    if (oldPrefix === undefined || newPrefix === undefined || specs?.kind !== 'list') return;
    const [from, to] = [names(oldPrefix), names(newPrefix)];
    for (const spec of specs.children) {
      const [old, renamed] = [field(spec, 'old'), field(spec, 'new')];
      if (from && to && old && renamed) add([...from, ...old], [...to, ...renamed], null);
    }
  };
  /** `[ "services" "x" ]`, `[ "services" ] ++ [ "x" ]` or a name bound to such a list; null where it is computed. */
  const names = (node: SyntaxNode, depth = 0): string[] | null => {
    if (node.kind === 'parenthesis') return names(childAt(node, 0), depth);
    if (node.kind === 'identifier') {
      const value = depth < 3 ? onlyItem(bound(nodeText(tree, node))) : undefined;
      return value === undefined ? null : names(value, depth + 1);
    }
    if (node.kind === 'binary') {
      const parts = node.children.map((part) => names(part, depth));
      return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    if (node.kind !== 'list') return null;
    const texts = node.children.map((child) => literalText(tree, child));
    return texts.includes(undefined) ? null : texts.flatMap((one) => one ?? []);
  };
  const field = (node: SyntaxNode, wanted: string): string[] | null => {
    const binding = node.children.find(
      ({ kind, children }) => kind === 'binding' && children[0] && nodeText(tree, children[0]) === wanted,
    );
    return binding?.children[1] === undefined ? null : names(binding.children[1]);
  };
  const text = (node: SyntaxNode): string | null => {
    if (node.kind === 'parenthesis') return text(childAt(node, 0));
    if (node.kind === 'indented-string' && node.children.length === 0) return nodeText(tree, node).slice(2, -2).trim();
    return literalText(tree, node) ?? null;
  };
  /** The values of all bindings of a name in the file. */
  const bound = (name: string): SyntaxNode[] => {
    const values: SyntaxNode[] = [];
    const collect = (node: SyntaxNode): void => {
      for (const child of node.children) collect(child);
      const value = node.children[1];
      if (node.kind === 'binding' && value !== undefined && boundName(tree, node) === name) values.push(value);
    };
    collect(tree.root);
    return values;
  };
  visit(tree.root);
  return found;
}
