import { childAt, type SyntaxNode, tokenStart } from '../syntax.ts';
import { type OwnComments, placeComments } from './comment-owners.ts';
import { commentedEntries, entryComments } from './comments.ts';
import { type Context, deeper, maxDepth } from './context.ts';
import { enclosed, isListLike } from './enclosed.ts';
import { roughName } from './given-name.ts';
import { type PackageName, packageName } from './package-name.ts';
import { isPassingFunction } from './passing-functions.ts';
import { follow, packageSetPath } from './references.ts';
import { openedSet, referencePath, staticName } from './scope.ts';

/** The list and the comments of an element. */
export interface Place extends OwnComments {
  list: string;
}

export interface ListElement {
  node: SyntaxNode;
  place: Place;
  context: Context;
  /** The package, where the syntax around the element names it: `inherit (pkgs) ripgrep`. */
  inherited?: PackageName;
}

/**
 * The elements that a list-valued expression adds to `list`, in the order of the text. The lists themselves are added
 * to `file.lists`, entries that are commented out to `file.commented`; calls that hide a list count as unknown.
 */
export function* listElements(node: SyntaxNode, list: string, context: Context): Generator<ListElement, undefined> {
  if (context.depth > maxDepth) return;
  const inside = enclosed(node, context);
  if (inside !== undefined) return yield* listElements(inside.node, list, inside.context);
  switch (node.kind) {
    case 'list':
      return yield* withComments(node, node.children, list, context);
    case 'binary':
      for (const child of node.children) yield* listElements(child, list, deeper(context));
      return;
    case 'if':
      for (const branch of node.children.slice(1)) yield* listElements(branch, list, deeper(context));
      return;
    case 'attrset':
    case 'rec-attrset':
      return yield* attributeValues(node, list, context);
    case 'identifier':
    case 'select': {
      const value = follow(node, context);
      if (value === undefined) context.file.unknown += 1;
      else yield* listElements(value.node, list, value.context);
      return;
    }
    case 'apply':
      return yield* callElements(node, list, context);
    default:
      return;
  }
}

function* callElements(node: SyntaxNode, list: string, context: Context): Generator<ListElement, undefined> {
  const { file } = context;
  const { tree } = file;
  const [head, first, last] = [childAt(node, 0), childAt(node, 1), childAt(node, -1)];
  const name = referencePath(tree, head)?.at(-1) ?? '';
  if (isPassingFunction(name)) {
    const inner = deeper(context, { strings: context.strings || name === 'map' });
    if (name === 'optional') yield { node: last, place: { ...noComments, list }, context: inner };
    else if (name === 'mkMerge' || name === 'concatLists') yield* nestedElements(last, list, inner);
    else yield* listElements(last, list, inner);
    return;
  }
  if (name === 'attrVals' && first.kind === 'list')
    return yield* withComments(first, first.children, list, { ...context, strings: true });
  const value = follow(head, context);
  if (value !== undefined) return yield* listElements(value.node, list, value.context);
  const lists = node.children.slice(1).filter(isListLike);
  if (lists.length === 0) file.unknown += 1;
  for (const argument of lists) yield* listElements(argument, list, deeper(context));
}

/** The elements of a list of lists. */
function* nestedElements(node: SyntaxNode, list: string, context: Context): Generator<ListElement, undefined> {
  const inside = enclosed(node, context);
  if (inside !== undefined) return yield* nestedElements(inside.node, list, inside.context);
  const lists = node.kind === 'list' ? node.children : [node];
  for (const part of lists) yield* listElements(part, list, deeper(context));
}

/** `attrValues { inherit (pkgs) a b; c = pkgs.d; }` */
function* attributeValues(node: SyntaxNode, list: string, context: Context): Generator<ListElement, undefined> {
  const { tree } = context.file;
  for (const { node: child, place } of withComments(node, node.children, list, context)) {
    const [first, ...rest] = child.children;
    if (child.kind === 'binding' && rest[0] !== undefined) yield { node: rest[0], place, context };
    if (child.kind !== 'inherit') continue;
    const source = first?.kind === 'inherit-from' ? first.children[0] : undefined;
    const set = source === undefined ? [] : packageSetPath(referencePath(tree, source) ?? [], context);
    const names = source === undefined ? child.children : rest;
    for (const { node: name, place: own } of withComments(child, names, list, context)) {
      const inherited = packageName([...set, staticName(tree, name)]);
      if (inherited === undefined) continue;
      // A comment on `inherit` is about its only name, or the heading of several.
      const comment = own.comment ?? (names.length === 1 ? place.comment : null);
      const section = own.section ?? (names.length === 1 ? null : place.comment) ?? place.section;
      yield { node: name, place: { ...own, comment, section }, context, inherited };
    }
  }
}

/** The entries of a list or set with their comments. Commented-out entries are added to `file.commented`. */
function* withComments(
  node: SyntaxNode,
  entries: readonly SyntaxNode[],
  list: string,
  context: Context,
): Generator<ListElement, undefined> {
  const { file } = context;
  const { tree } = file;
  file.lists.push({ node, list, context });
  const owned = placeComments(
    entries.map((entry) => roughName(tree, entry)),
    entryComments(tree, entries, node.first + 1, node.last),
  );
  for (const [index, entry] of entries.entries()) {
    yield { node: entry, place: { list, ...(owned[index] ?? noComments) }, context };
  }
  for (const { reference, comment, token } of commentedEntries(tree, entries, node)) {
    const name = packageName(reference, openedSet(context.scope))?.name;
    if (name === undefined) continue;
    file.commented.push({ name, list, line: file.lineOf.atOffset(tokenStart(tree, token)), comment });
  }
}

const noComments: OwnComments = { comment: null, section: null };
