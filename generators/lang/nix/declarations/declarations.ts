import type { SyntaxTree } from '../syntax.ts';
import { outermost } from './context.ts';
import type { Declaration, FileDeclarations } from './declaration.ts';
import { packagesIn } from './packages.ts';
import { visitModules } from './visit-modules.ts';

/** The declarations of a file, in the order of the text: those that `visitModules` visits. */
export function declarations(tree: SyntaxTree): FileDeclarations {
  const start = outermost(tree);
  const { file } = start;
  const found: Declaration[] = [];
  visitModules(start, {
    packages: (value, list, context) => found.push(...packagesIn(value, list, context)),
    option: (name, binding, comments) =>
      found.push({
        name,
        kind: 'option',
        form: 'plain',
        shape: 0,
        set: null,
        of: null,
        list: name,
        line: file.lineOf(binding),
        ...comments,
      }),
  });
  return { declarations: found, commented: file.commented, unknown: file.unknown, sound: tree.problems.length === 0 };
}
