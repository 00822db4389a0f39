import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import { staticName } from '../lang/nix/declarations/scope.ts';
import { spellOptionPath, splitOptionPath } from '../lang/nix/option-path.ts';
import { childAt, nodeEnd, nodeStart } from '../lang/nix/syntax.ts';
import { type Limits, type Plan, type Refusal, refuse } from './plan.ts';
import type { NixFile, SourceTree } from './source-tree.ts';
import type { FileEdit } from './text-edit.ts';

/** A former name of an option and its present one. */
export interface RenamedTo {
  name: string;
  to: string;
}

/**
 * Gives definitions the present name of their option: the definitions of `option`, or of every option that has a former
 * name.
 */
export function renameOptions(
  tree: SourceTree,
  renames: readonly RenamedTo[],
  option: string | null,
  limits: Limits,
): Plan | Refusal {
  const wanted = option === null ? renames : renames.filter(({ name }) => name === option);
  if (wanted.length === 0)
    return refuse(option === null ? 'no former names of options are known' : `no present name of ${option} is known`);
  const edits: FileEdit[] = [];
  const kept: string[] = [];
  const renamed = new Set<string>();
  for (const source of tree.files) {
    if (limits.file !== null && source.file !== limits.file) continue;
    for (const { path, node, line } of source.definitions.definitions) {
      const names = optionPath(path);
      const found = wanted.find(({ name }) => names.join('\n') === splitOptionPath(name).join('\n'));
      if (found === undefined) continue;
      const own = node.kind === 'binding' ? childAt(node, 0).children.map((name) => staticName(source.tree, name)) : [];
      // The part of the option's name that the sets around the binding have.
      const outer = path.length - own.length;
      const wrapper = path.length - names.length;
      const to = splitOptionPath(found.to);
      const around = names.slice(0, Math.max(0, outer - wrapper));
      const fits = own.length > 0 && around.length < to.length && around.every((name, index) => name === to[index]);
      if (!fits || source.generated) {
        kept.push(`${source.file}:${line}`);
        continue;
      }
      const relative = outer < wrapper ? [...path.slice(outer, wrapper), ...to] : to.slice(around.length);
      renamed.add(`${found.name} to ${found.to}`);
      edits.push(nameEdit(source, childAt(node, 0), spellOptionPath(relative)));
    }
  }
  if (edits.length === 0) {
    return kept.length > 0
      ? refuse(`the new name does not fit into the set around ${kept.join(' and ')}`, `edit ${kept[0]} by hand`)
      : refuse(`no file sets ${option ?? 'an option by a former name'}`);
  }
  const claim = { kind: 'same' as const, text: `renames ${[...renamed].join(', ')}`, packages: [], options: [] };
  return { edits, claim: { ...claim, hosts: null } };
}

function nameEdit({ file, tree }: NixFile, path: Parameters<typeof nodeStart>[1], text: string): FileEdit {
  return { file, start: nodeStart(tree, path), end: nodeEnd(tree, path), text };
}
