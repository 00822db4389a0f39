import { dropInput } from './drop-input.ts';
import { setOption } from './option-changes.ts';
import { addPackage, dedupePackage, movePackage, removePackage, replacePackage } from './package-changes.ts';
import type { Limits, Plan, Refusal } from './plan.ts';
import { type RenamedTo, renameOptions } from './rename-options.ts';
import type { SourceTree } from './source-tree.ts';

/** What the user asks for. */
export type Request =
  | { verb: 'add'; package: string; why: string | null }
  | { verb: 'remove' | 'dedupe'; package: string }
  | { verb: 'move'; package: string; to: 'user' | 'system' }
  | { verb: 'replace'; old: string; next: string }
  /** `value`: an expression in Nix notation. */
  | { verb: 'set'; option: string; value: string }
  /** `option`: a former name; null: every option that is set by one. */
  | { verb: 'rename'; option: string | null; renames: readonly RenamedTo[] }
  | { verb: 'drop-input'; input: string };

/** The edits that a request takes and what they claim to change, from the source text alone; or why there are none. */
export function planChange(tree: SourceTree, request: Request, limits: Limits): Plan | Refusal {
  switch (request.verb) {
    case 'add':
      return addPackage(tree, request.package, limits, request.why);
    case 'remove':
      return removePackage(tree, request.package, limits);
    case 'dedupe':
      return dedupePackage(tree, request.package, limits);
    case 'move':
      return movePackage(tree, request.package, request.to, limits);
    case 'replace':
      return replacePackage(tree, request.old, request.next, limits);
    case 'set':
      return setOption(tree, request.option, request.value, limits);
    case 'rename':
      return renameOptions(tree, request.renames, request.option, limits);
    case 'drop-input':
      return dropInput(tree, request.input);
  }
}
