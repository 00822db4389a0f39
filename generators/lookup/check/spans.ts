import type { Code, Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { groupBy } from '../../group-by.ts';

/** A piece of a Markdown text. */
export interface Span {
  line: number;
  /** code: a code span; shell: a line of a shell code block; prose: the other text of a line. */
  kind: 'code' | 'shell' | 'prose';
  text: string;
  /** The whole paragraph, heading or table row, with its code spans in backticks. */
  context: string;
}

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

const shellLanguages = new Set(['bash', 'console', 'fish', 'sh', 'shell', 'zsh']);

/** The pieces of a Markdown text, line by line, without comments and addresses of links. */
export function spansOf(markdown: string): Span[] {
  return spansIn(parser.parse(markdown));
}

function spansIn(node: Nodes): Span[] {
  if (node.type === 'code') return codeBlockSpans(node);
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableRow') return textSpans(node);
  return 'children' in node ? node.children.flatMap(spansIn) : [];
}

/** Code blocks in other languages than those of shells are prose: file trees, listings. */
function codeBlockSpans({ lang, value, position }: Code): Span[] {
  const isShell = shellLanguages.has(lang ?? '');
  const firstLine = (position?.start.line ?? 0) + 1;
  return value.split('\n').flatMap((context, index): Span[] => {
    const line = firstLine + index;
    if (!isShell) return [{ line, kind: 'prose', text: context, context }];
    const command = context.replace(/^\s*\$\s/, '').trim();
    return command === '' || command.startsWith('#') ? [] : [{ line, kind: 'shell', text: command, context }];
  });
}

/** Text or code within one line. */
type Leaf = Pick<Span, 'line' | 'text'> & { kind: 'code' | 'prose' };

function textSpans(node: Nodes): Span[] {
  const lines = [...groupBy(leavesOf(node), ({ line }) => line)];
  const context = lines
    .map(([, leaves]) => leaves.map(({ kind, text }) => (kind === 'code' ? `\`${text}\`` : text)).join(''))
    .join(' ');
  return lines.flatMap(([line, leaves]): Span[] => [
    ...leaves.flatMap(({ kind, text }): Span[] => (kind === 'code' ? [{ line, kind, text, context }] : [])),
    {
      line,
      kind: 'prose',
      text: leaves.map(({ kind, text }) => (kind === 'code' ? ' ' : text)).join(''),
      context,
    },
  ]);
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
