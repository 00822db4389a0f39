import type { RootContent } from 'mdast';
import type { Inline } from '../content.ts';
import { heading, list, paragraph, root, toMarkdown } from '../markdown.ts';
import type { Block } from './block.ts';

// Every heading, introduction and item is one line of Markdown that no other line changes. Items are rendered once:
// the budget needs their size, and CLAUDE.md and AGENTS.md have nearly the same ones.
const renderedItems = new WeakMap<readonly Inline[], string>();

/** A list item as one line of Markdown, its line break included. */
export function renderItem(content: readonly Inline[]): string {
  const text = renderedItems.get(content) ?? render(list([content]));
  renderedItems.set(content, text);
  return text;
}

export function renderHeading(depth: 1 | 2 | 3, text: string): string {
  return render(heading(depth, [text]));
}

export function renderIntro(content: readonly Inline[]): string {
  return content.length === 0 ? '' : render(paragraph(content));
}

/** The Markdown of a block: its heading and introduction, then its lines, with a heading before each group. */
export function renderBlock({ title, intro, lines }: Block): string {
  const items = lines.map(({ group, content }, index) => {
    const startsGroup = group !== null && group !== lines[index - 1]?.group;
    return (startsGroup ? renderHeading(3, group) : '') + renderItem(content);
  });
  return [title === null ? '' : `\n${renderHeading(2, title)}`, renderIntro(intro), ...items].join('');
}

function render(node: RootContent): string {
  return toMarkdown(root([node]));
}
