/** A piece of a Markdown text. */
export interface Span {
  line: number;
  /** code: between backticks; block: a line of a fenced block of shell; prose: the rest of a line */
  kind: 'code' | 'block' | 'prose';
  text: string;
  /** The whole line, and the next where the sentence goes on there. */
  context: string;
}

/** The pieces of a Markdown text, line by line. Fenced blocks that are no shell (trees, listings) are prose. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let fence: { mark: string; shell: boolean } | null = null;
  const lines = text.split(/\r?\n/);
  lines.forEach((own, index) => {
    const line = index + 1;
    const next = lines[index + 1] ?? '';
    const goesOn = /[\w,;`)]\s*$/.test(own) && /^\s+\S|^[a-z]/.test(next) && !/^\s*([-*+|>#]|\d+\.)\s/.test(next);
    const context = goesOn ? `${own} ${next.trim()}` : own;
    const mark = /^\s*(```+|~~~+)\s*(\w*)/.exec(own);
    if (mark !== null) {
      const [, run = '', language = ''] = mark;
      if (fence === null) fence = { mark: run, shell: /^(ba|z|fi)?sh$|^shell$|^console$/.test(language) };
      else if (run.startsWith(fence.mark)) fence = null;
      return;
    }
    if (fence?.shell) {
      const command = own.replace(/^\s*\$\s/, '').trim();
      if (command !== '' && !command.startsWith('#')) spans.push({ line, kind: 'block', text: command, context });
      return;
    }
    if (fence === null) {
      for (const [, , code = ''] of own.matchAll(/(`+)(.+?)\1(?!`)/g))
        spans.push({ line, kind: 'code', text: code.trim(), context });
    }
    const prose = own.replace(/(`+).+?\1/g, ' ').replace(/<!--.*?-->|\]\([^)]*\)/g, ' ');
    if (prose.trim() !== '') spans.push({ line, kind: 'prose', text: prose, context });
  });
  return spans;
}
