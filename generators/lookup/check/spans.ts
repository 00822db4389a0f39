import type { Code, Link, Nodes, Parents } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { groupBy } from '../../group-by.ts';

/** A piece of a Markdown text. */
export interface Span {
  line: number;
  /**
   * code: a code span; shell: a line of a shell code block; nix: a code block in Nix; tree: a listing of folders;
   * link: the address of a link; prose: the other text of a line.
   */
  kind: 'code' | 'shell' | 'nix' | 'tree' | 'link' | 'prose';
  text: string;
  /** The whole paragraph, heading or table row, with its code spans in backticks; of a block, the text before it. */
  context: string;
}

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

const shellLanguages = new Set(['bash', 'console', 'fish', 'sh', 'shell', 'zsh']);

/** The pieces of a Markdown text, line by line, without comments. */
export function spansOf(markdown: string): Span[] {
  return spansIn(parser.parse(markdown), { heading: '', before: '' });
}

/** The latest heading and the text before a node: they say what a code block is. */
interface Above {
  heading: string;
  before: string;
}

function spansIn(node: Nodes, above: Above): Span[] {
  if (node.type === 'code') return codeBlockSpans(node, `${above.heading} ${above.before}`.trim());
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableRow') {
    const spans = textSpans(node);
    above.before = spans[0]?.context ?? '';
    if (node.type === 'heading') above.heading = above.before;
    return spans;
  }
  return 'children' in node ? childrenOf(node).flatMap((child) => spansIn(child, above)) : [];
}

const childrenOf = (node: Parents): readonly Nodes[] => node.children;

/** Code blocks in other languages than Nix and those of shells are prose: listings, output of commands. */
function codeBlockSpans({ lang, value, position }: Code, context: string): Span[] {
  const firstLine = (position?.start.line ?? 0) + 1;
  if (lang === 'nix') return [{ line: firstLine, kind: 'nix', text: value, context }];
  const isShell = shellLanguages.has(lang ?? '');
  const lines = value.split('\n').flatMap((text, index): Span[] => {
    const line = firstLine + index;
    if (!isShell) return [{ line, kind: 'prose', text, context: text }];
    const command = text.replace(/^\s*\$\s/, '').trim();
    return command === '' || command.startsWith('#') ? [] : [{ line, kind: 'shell', text: command, context: text }];
  });
  const isTree = !isShell && /[├└]── /.test(value);
  return isTree ? [...lines, { line: firstLine, kind: 'tree', text: value, context }] : lines;
}

/** Text or code within one line. */
type Leaf = Pick<Span, 'line' | 'text'> & { kind: 'code' | 'prose' };

function textSpans(node: Nodes): Span[] {
  const lines = [...groupBy(leavesOf(node), ({ line }) => line)];
  const context = lines
    .map(([, leaves]) => leaves.map(({ kind, text }) => (kind === 'code' ? `\`${text}\`` : text)).join(''))
    .join(' ');
  const links = linksOf(node).map(
    ({ url, position }): Span => ({ line: position?.start.line ?? 0, kind: 'link', text: url, context }),
  );
  const texts = lines.flatMap(([line, leaves]): Span[] => [
    ...leaves.flatMap(({ kind, text }): Span[] => (kind === 'code' ? [{ line, kind, text, context }] : [])),
    {
      line,
      kind: 'prose',
      text: leaves.map(({ kind, text }) => (kind === 'code' ? ' ' : text)).join(''),
      context,
    },
  ]);
  return [...texts, ...links];
}

function linksOf(node: Nodes): Link[] {
  if (node.type === 'link') return [node];
  return 'children' in node ? childrenOf(node).flatMap(linksOf) : [];
}

function leavesOf(node: Nodes): Leaf[] {
  const line = node.position?.start.line ?? 0;
  if (node.type === 'inlineCode') return [{ line, kind: 'code', text: node.value.trim() }];
  if (node.type === 'text') {
    return node.value.split('\n').map((text, index) => ({ line: line + index, kind: 'prose', text }));
  }
  const leaves = 'children' in node ? node.children.flatMap(leavesOf) : [];
  return node.type === 'tableCell' ? [...leaves, { line, kind: 'prose', text: ' | ' }] : leaves;
}
