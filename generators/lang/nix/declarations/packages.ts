import { childAt, nodeText, type SyntaxNode } from '../syntax.ts';
import { type Context, deeper, maxDepth } from './context.ts';
import type { Declaration } from './declaration.ts';
import { enclosed } from './enclosed.ts';
import { type ListElement, listElements, type Place } from './list-elements.ts';
import { packageCall } from './package-call.ts';
import type { PackageName } from './package-name.ts';
import { follow, packageAt } from './references.ts';
import { literalText, referencePath } from './scope.ts';
import { shapeOf } from './shape.ts';

/** The packages that a list-valued expression adds to `list`, in the order of the text. */
export function packagesIn(node: SyntaxNode, list: string, context: Context): Declaration[] {
  const found: Declaration[] = [];
  for (const element of listElements(node, list, context)) found.push(...packagesOf(element));
  return found;
}

/** The packages of one list element. */
export function packagesOf({ node, place, context, inherited }: ListElement): Declaration[] {
  const { file } = context;
  const { tree } = file;
  if (context.depth > maxDepth) return [];
  if (inherited !== undefined) return [declare(context, node, place, inherited)];
  const inside = node.kind === 'lambda' ? undefined : enclosed(node, context);
  if (inside !== undefined) return packagesOf({ ...inside, place });
  switch (node.kind) {
    case 'identifier':
    case 'select':
      return packageNamed(node, place, context);
    case 'apply':
      return packagesOfCall(node, place, context);
    case 'list':
      return packagesIn(node, place.list, context);
    case 'if':
      return node.children.slice(1).flatMap((branch) => packagesOf({ node: branch, place, context: deeper(context) }));
    case 'attrset': {
      const plugin = node.children.find(
        (child) => child.kind === 'binding' && nodeText(tree, childAt(child, 0)) === 'plugin',
      )?.children[1];
      return plugin === undefined ? [] : packagesOf({ node: plugin, place, context: deeper(context) });
    }
    case 'string': {
      const text = literalText(tree, node);
      return context.strings && text !== undefined && /^[A-Za-z_][\w.+-]*$/.test(text)
        ? [declare(context, node, place, { name: text, set: null })]
        : [];
    }
    default:
      file.unknown += 1;
      return [];
  }
}

/** The packages of the value that a name has in this file; a package of that name if the value shows none. */
function packageNamed(node: SyntaxNode, place: Place, context: Context): Declaration[] {
  const { file } = context;
  const { tree } = file;
  const path = referencePath(tree, node) ?? [];
  const value = follow(node, context);
  if (value === undefined) {
    const reference = packageAt(path, context);
    if (reference !== undefined) return [declare(context, node, place, reference)];
    // `cfg.package` is the package of an option: the user chose the option.
    if (!/^(?:cfg|config)$/.test(path[0] ?? '')) file.unknown += 1;
    return [];
  }
  const name = path.at(-1) ?? '';
  const { unknown } = file;
  const found = packagesOf({ ...value, place });
  if (found.length === 0) {
    file.unknown = unknown;
    const form = { form: 'call-package', shape: shapeOf(tree, value.node) } as const;
    return [{ ...declare(context, node, place, { name, set: null }), ...form }];
  }
  return found.map((declaration) =>
    declaration.kind === 'package'
      ? {
          ...declaration,
          line: file.lineOf(node),
          name: declaration.form === 'call-package' ? name : declaration.name,
        }
      : declaration,
  );
}

function packagesOfCall(node: SyntaxNode, place: Place, context: Context): Declaration[] {
  const { file } = context;
  const { tree } = file;
  const call = packageCall(node, context);
  switch (call.kind) {
    case 'list':
      return packagesIn(node, place.list, context);
    case 'same':
      return packagesOf({ node: call.base, place, context: deeper(context) });
    case 'overridden':
      return packagesOf({ node: call.base, place, context: deeper(context) }).map((declaration) =>
        declaration.kind === 'package'
          ? {
              ...declaration,
              form: declaration.form === 'plain' ? 'override' : declaration.form,
              shape: shapeOf(tree, node),
            }
          : declaration,
      );
    case 'package':
      return [{ ...declare(context, node, place, call.name), form: call.form, shape: shapeOf(tree, node) }];
    case 'environment': {
      const scope = { outer: context.scope, bound: null, opened: [] };
      const libraries = packagesIn(call.libraries, place.list, deeper(context, { scope }));
      return [
        { ...declare(context, node, place, call.name), form: 'environment' },
        ...libraries.map((library): Declaration => {
          const name = library.name.replace(/^(ps|p|pp|py|python-?packages)\./i, '');
          return { ...library, kind: 'library', of: call.name.name, name };
        }),
      ];
    }
    default:
      file.unknown += 1;
      return [];
  }
}

function declare({ file }: Context, node: SyntaxNode, place: Place, { name, set }: PackageName): Declaration {
  return { name, kind: 'package', form: 'plain', shape: 0, set, of: null, line: file.lineOf(node), ...place };
}
