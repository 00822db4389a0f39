import { childAt, nodeText, type SyntaxNode, type SyntaxTree } from '../syntax.ts';
import { type OwnComments, placeComments } from './comment-owners.ts';
import { entryComments } from './comments.ts';
import { type Context, deeper, maxDepth } from './context.ts';
import { declaringWords } from './declaring-words.ts';
import { enabledOption } from './enabled-option.ts';
import { enclosed, isListLike } from './enclosed.ts';
import { packageList } from './package-lists.ts';
import { isPassingFunction } from './passing-functions.ts';
import { openedSet, referencePath, type Scope, staticName, withBindings } from './scope.ts';

/** The comments of the bindings around an expression. */
interface Above {
  /** Of the binding whose value is read. */
  own: OwnComments;
  /** Of the binding around that one. */
  outer: OwnComments;
  /** The expression is the file's own value. */
  isRoot: boolean;
}

const noComments: OwnComments = { comment: null, section: null };
const nothingAbove: Above = { own: noComments, outer: noComments, isRoot: false };

/** What a file declares. */
export interface ModuleVisitor {
  /** The value of a list of packages: `list` is its option, `<list>` where the list is the value of the file. */
  packages: (value: SyntaxNode, list: string, context: Context) => void;
  option: (option: string, binding: SyntaxNode, comments: OwnComments) => void;
}

/**
 * Visits the declarations of a file: lists of packages (`environment.systemPackages`, `home.packages`, …) and
 * enabled options, in the order of the text. Reads only the syntax: follows names bound in the same file, reads no
 * other file.
 */
export function visitModules(start: Context, visitor: ModuleVisitor): void {
  const { tree } = start.file;
  const mayDeclare = declaringWords(tree);

  /** Reads a module, or an expression that contains modules, whose attributes are at `path`. */
  const read = (node: SyntaxNode, path: readonly string[], context: Context, above: Above): void => {
    if (context.depth > maxDepth || !mayDeclare(node)) return;
    const inside = enclosed(node, context);
    if (inside !== undefined) {
      if (node.kind === 'let') readLocals(node, inside.context);
      const isFileList = above.isRoot && isListLike(inside.node);
      if (isFileList && hasPackageSet(tree, node, inside.context.scope))
        visitor.packages(inside.node, '<list>', inside.context);
      else read(inside.node, path, inside.context, above);
      return;
    }
    const { children } = node;
    switch (node.kind) {
      case 'attrset':
        readBindings(node, path, context, above);
        return;
      case 'rec-attrset':
      case 'legacy-let':
        readBindings(node, path, deeper(context, { scope: withBindings(tree, context.scope, children) }), above);
        return;
      case 'apply':
        readCall(node, path, context, above);
        return;
      case 'binary':
        for (const child of children) read(child, path, deeper(context), above);
        return;
      case 'if':
        for (const branch of children.slice(1)) read(branch, path, deeper(context), above);
        return;
      case 'list':
        for (const child of children) read(child, [], deeper(context), nothingAbove);
    }
  };

  /** The values of a `let` may be modules, too. */
  const readLocals = (node: SyntaxNode, context: Context): void => {
    for (const { kind, children } of node.children.slice(0, -1)) {
      const [, value] = children;
      if (kind === 'binding' && value !== undefined && /^(attrset|lambda|apply|let|with)$/.test(value.kind))
        read(value, [], context, nothingAbove);
    }
  };

  const readCall = (node: SyntaxNode, path: readonly string[], context: Context, above: Above): void => {
    const [head = node, ...args] = node.children;
    const name = referencePath(tree, head)?.at(-1) ?? '';
    const isPassedOn = isPassingFunction(name) || /^(recursiveUpdate|mergeAttrs)$/.test(name);
    for (const argument of args) {
      if (name === 'mkMerge' && argument.kind === 'list')
        for (const part of argument.children) read(part, path, deeper(context), { ...above, isRoot: false });
      else read(argument, isPassedOn ? path : [], deeper(context), isPassedOn ? above : nothingAbove);
    }
  };

  const readBindings = (node: SyntaxNode, path: readonly string[], context: Context, above: Above): void => {
    const paths = node.children.map(({ kind, children }) =>
      kind === 'binding' ? (children[0]?.children ?? []).map((name) => staticName(tree, name)) : [],
    );
    const comments = placeComments(
      paths.map((names) => names.join('.')),
      entryComments(tree, node.children, node.first + 1, node.last),
      isOtherOption,
    );
    for (const [index, binding] of node.children.entries()) {
      if (binding.kind !== 'binding' || binding.children[1] === undefined) continue;
      const own = comments[index] ?? noComments;
      const names = paths[index] ?? [];
      readBinding([...path, ...names], binding, context, { own, outer: above.own, isRoot: above.isRoot });
    }
  };

  const readBinding = (path: readonly string[], binding: SyntaxNode, context: Context, above: Above): void => {
    if (path[0] === 'options') return;
    const value = childAt(binding, 1);
    const list = packageList(path);
    if (list !== undefined) {
      visitor.packages(value, list, deeper(context));
      return;
    }
    const option = enabledOption(tree, path, value);
    if (option === undefined) {
      read(value, path, deeper(context), { ...nothingAbove, own: above.own });
      return;
    }
    const { own, outer } = above;
    // `programs.git = { enable = true; }`: a comment above the set is about git, too.
    const isInside = binding.children[0]?.children.length === 1;
    visitor.option(option, binding, {
      comment: own.comment ?? (isInside ? outer.comment : null),
      section: own.section ?? (isInside ? outer.section : null),
    });
  };

  read(tree.root, [], start, { ...nothingAbove, isRoot: true });
}

/** `virtualisation.docker.enable` and `programs.git.enable`: a comment above the first is not about the second. */
function isOtherOption(name: string, next: string): boolean {
  return name.includes('.') && name.split('.')[0] !== next.split('.')[0];
}

/** Whether the list that is the value of a file contains packages: in a function of `pkgs`, or in `with pkgs`. */
function hasPackageSet(tree: SyntaxTree, node: SyntaxNode, scope: Scope | null): boolean {
  if (openedSet(scope)[0] === 'pkgs') return true;
  const parameter = node.kind === 'lambda' ? node.children[0] : undefined;
  return parameter !== undefined && /\bpkgs\b/.test(nodeText(tree, parameter));
}
