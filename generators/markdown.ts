/**
 * The one place that knows mdast-builder and remark. mdast-builder's types are older than mdast 4 and
 * its `separator` and `brk` are broken, so only what is right is passed on, typed anew. Text goes in as
 * text: escaping is the serializer's work.
 */
import type {
  Emphasis,
  Heading,
  InlineCode,
  List,
  ListItem,
  Nodes,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Strong,
  Text,
} from 'mdast';
import type { Children } from 'mdast-builder';
import * as builder from 'mdast-builder';
import type { Info, State } from 'mdast-util-to-markdown';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { Inline } from './content.ts';
import { plainText } from './text.ts';

const processor = unified()
  .use(remarkStringify, {
    handlers: { text },
    bullet: '-',
    emphasis: '_',
    fences: true,
    incrementListMarker: false,
    listItemIndent: 'one',
    rule: '-',
    // Blank lines are part of the budget: one before each section, none within it.
    join: [(_, right) => (right.type === 'list' || right.type === 'paragraph' || isGroup(right) ? 0 : undefined)],
  })
  .freeze();

/** Letters and such punctuation as has no meaning in Markdown unless it begins a line: none has beyond ASCII. */
const harmless = /^[\w ,;:.()'"/%$?@^{}|+=>\u00a1-\uffff-]*$/;
const beginsHarmlessly = /^[a-zA-Z ,;:.)'"/%$?]/;

/**
 * The serializer's own way with text tries some thirty patterns, each at every position; most texts here hold
 * nothing that any could match. Those are written as they are: the same result in half the time.
 */
function text(node: Text, _: unknown, state: State, info: Info): string {
  const { value } = node;
  const inLine = !/[\r\n]$/.test(info.before) && !/^[\r\n]/.test(info.after);
  const plain = harmless.test(value) && !value.includes('_') && beginsHarmlessly.test(value);
  return plain && (inLine || value === value.trim()) ? value : state.safe(value, info);
}

/** Its first character, which is asked for beforehand: else every text would be written twice. */
text.peek = (node: Text, parent: unknown, state: State, info: Info): string =>
  beginsHarmlessly.test(node.value) ? node.value.charAt(0) : text(node, parent, state, info);

/** mdast 4 as the builder's older types want it. */
function kids(children: readonly Nodes[]) {
  return children as unknown as Extract<Children, unknown[]>;
}

function isGroup(node: Nodes): boolean {
  return node.type === 'heading' && node.depth > 2;
}

/** The Markdown of a tree, ending in a line break. */
export function toMarkdown(tree: Root): string {
  return processor.stringify(tree);
}

export function root(children: RootContent[]): Root {
  return builder.root(kids(children)) as Root;
}

export function heading(depth: 1 | 2 | 3, children: readonly Inline[]): Heading {
  return builder.heading(depth, kids(phrasing(children))) as Heading;
}

export function paragraph(children: readonly Inline[]): Paragraph {
  return builder.paragraph(kids(phrasing(children))) as Paragraph;
}

/** A tight list, one line an item. */
export function list(items: readonly (readonly Inline[])[]): List {
  const children = items.map((item) => ({ ...(builder.listItem(kids([paragraph(item)])) as ListItem), spread: false }));
  return { ...(builder.list('unordered', kids(children)) as List), spread: false };
}

/** Inline content as mdast: every foreign text made harmless and kept on one line. */
function phrasing(content: readonly Inline[]): PhrasingContent[] {
  return merge(content).map((part): PhrasingContent => {
    if (typeof part === 'string') return builder.text(part) as Text;
    if ('code' in part) return builder.inlineCode(plainText(part.code)) as InlineCode;
    if ('strong' in part) return builder.strong(builder.text(plainText(part.strong))) as Strong;
    return builder.emphasis(builder.text(plainText(part.emphasis))) as Emphasis;
  });
}

/**
 * Neighbouring texts as one, blanks at the seams kept: each on its own would lose them to {@link plainText}.
 * Two spans get a blank between them, which Markdown needs to tell them apart; the ends get none.
 */
function merge(content: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const part of content) {
    if (part === '' || (typeof part !== 'string' && plainText(Object.values(part)[0] as string) === '')) continue;
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else {
      if (last !== undefined && typeof last !== 'string' && typeof part !== 'string') merged.push(' ');
      merged.push(part);
    }
  }
  return merged
    .map((part, index) => {
      if (typeof part !== 'string') return part;
      const text = keepSeams(part);
      const start = index === 0 ? text.trimStart() : text;
      return index === merged.length - 1 ? start.trimEnd() : start;
    })
    .filter((part) => part !== '');
}

function keepSeams(text: string): string {
  const inner = plainText(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}
