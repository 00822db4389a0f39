import type { Contribution, Inline } from '../../generators/content.ts';

/** Content as a reader sees it in Markdown: code in backticks. */
export function plain(content: readonly Inline[]): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return `\`${part.code}\``;
      if ('importOf' in part) return `@${part.importOf}`;
      return 'strong' in part ? part.strong : part.emphasis;
    })
    .join('');
}

/** The sentences that a question adds to CLAUDE.md. */
export function sentencesOf({ sections = [] }: Contribution): string[] {
  return sections.flatMap(({ items }) => items.map(({ content }) => plain(content)));
}
