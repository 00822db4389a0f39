/** The only module of the output that knows mdast-builder and remark. Text goes in as text: the serializer escapes it. */
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
import * as mdastBuilder from 'mdast-builder';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { Inline } from './content.ts';
import { plainText, withoutImports } from './text.ts';

/** The functions of mdast-builder that are right, in the types of mdast 4: its own are of mdast 3. */
// biome-ignore lint/plugin: the types of mdast-builder are of another version of mdast.
const build = mdastBuilder as unknown as {
  root: (children: RootContent[]) => Root;
  heading: (depth: Heading['depth'], children: PhrasingContent[]) => Heading;
  paragraph: (children: PhrasingContent[]) => Paragraph;
  list: (ordered: 'unordered', children: ListItem[]) => List;
  listItem: (children: Paragraph[]) => ListItem;
  text: (value: string) => Text;
  inlineCode: (value: string) => InlineCode;
  strong: (child: Text) => Strong;
  emphasis: (child: Text) => Emphasis;
};

const serializer = unified()
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '_',
    listItemIndent: 'one',
    // Blank lines are part of the budget: one before each section, none within it.
    join: [
      (_, right) => (right.type === 'list' || right.type === 'paragraph' || isGroupHeading(right) ? 0 : undefined),
    ],
  })
  .freeze();

function isGroupHeading(node: Nodes): boolean {
  return node.type === 'heading' && node.depth === 3;
}

/** The Markdown of a tree, ending in a line break. Only {@link Inline} `importOf` imports a file. */
export function toMarkdown(tree: Root): string {
  return withoutImports(serializer.stringify(tree)).replaceAll(importMark, '@');
}

/** Stands for the `@` of an import in the tree. Foreign text has no private-use character: `plainText` removes them. */
const importMark = '\u{E000}';

export function root(children: RootContent[]): Root {
  return build.root(children);
}

export function heading(depth: 1 | 2 | 3, content: readonly Inline[]): Heading {
  return build.heading(depth, phrasing(content));
}

export function paragraph(content: readonly Inline[]): Paragraph {
  return build.paragraph(phrasing(content));
}

/** A tight list, one line for each item. */
export function list(items: readonly (readonly Inline[])[]): List {
  const children = items.map((item) => ({ ...build.listItem([paragraph(item)]), spread: false }));
  return { ...build.list('unordered', children), spread: false };
}

/** Content of one line as mdast: foreign text is made harmless and kept on the line. */
function phrasing(content: readonly Inline[]): PhrasingContent[] {
  const parts = merged(content);
  return parts.flatMap((part, index): PhrasingContent[] => {
    if (typeof part === 'string') return textNode(part, index === 0, index === parts.length - 1);
    if ('code' in part) return [build.inlineCode(plainText(part.code))];
    if ('importOf' in part) return [build.text(`${importMark}${plainText(part.importOf)}`)];
    if ('strong' in part) return [build.strong(build.text(plainText(part.strong)))];
    return [build.emphasis(build.text(plainText(part.emphasis)))];
  });
}

/**
 * Adjacent texts as one text, without empty parts. Markdown needs a character between two spans to tell them apart:
 * they get a blank.
 */
function merged(content: readonly Inline[]): Inline[] {
  const parts: Inline[] = [];
  for (const part of content) {
    if (isEmpty(part)) continue;
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else {
      if (last !== undefined && typeof last !== 'string' && typeof part !== 'string') parts.push(' ');
      parts.push(part);
    }
  }
  return parts;
}

function isEmpty(part: Inline): boolean {
  if (typeof part === 'string') return part === '';
  return Object.values(part).every((text) => plainText(text) === '');
}

/** A harmless text that keeps a blank at each end, except at the ends of the line. */
function textNode(text: string, isFirst: boolean, isLast: boolean): Text[] {
  const inner = plainText(text);
  if (inner === '') return isFirst || isLast ? [] : [build.text(' ')];
  const start = !isFirst && /^\s/.test(text) ? ' ' : '';
  const end = !isLast && /\s$/.test(text) ? ' ' : '';
  return [build.text(`${start}${inner}${end}`)];
}
