import { commentedEntry, type EntryComments, isNoPurpose } from './comments.ts';

/**
 * Whose each comment is. The one on the entry's line is the entry's. Lines above it are its own where
 * they begin with its name or it stands alone below them; over several entries they are a section's head, until a
 * blank line or the next such comment.
 */
export function placeComments(
  names: readonly string[],
  comments: readonly EntryComments[],
): { comment: string | null; section: string | null }[] {
  let section: string | null = null;
  const claimed = new Map<number, string>();
  return comments.map((own, index) => {
    if (own.blankBefore || own.above.length > 0) {
      if (own.blankBefore) section = null;
      const lines = own.above.map(({ text }) => text).filter((text) => !isNoPurpose(text));
      const said = lines.filter((text) => !isTakenOut(text, names));
      let end = index + 1;
      while (end < comments.length && !comments[end]?.blankBefore && comments[end]?.above.length === 0) end += 1;
      const heading: string[] = [];
      let subject: number | undefined;
      for (const line of said) {
        // A line that names an entry speaks of it, and so do the lines after it.
        const bare = line.replace(/^(?:\d+[.)]|[-*•])\s+/, '');
        subject = namedEntry(bare, names, index, end) ?? (bare === line ? subject : undefined);
        if (subject === undefined) heading.push(line);
        else claimed.set(subject, [claimed.get(subject), bare].filter((text) => text !== undefined).join(' '));
      }
      if (heading.length > 0) {
        const isAlone =
          end === index + 1 && own.trailing === null && said.length === lines.length && !claimed.has(index);
        if (isAlone) claimed.set(index, heading.join(' '));
        else section = heading.join(' ');
      }
    }
    const trailing = own.trailing !== null && !isNoPurpose(own.trailing) ? own.trailing : null;
    return { comment: trailing ?? claimed.get(index) ?? null, section };
  });
}

/** What is said of a binding alone: on its line, else in the lines above where each of them is a purpose. */
export function ownComment(comments: EntryComments | null): string | null {
  if (comments === null) return null;
  const above = comments.above.map(({ text }) => text).filter((text) => !isNoPurpose(text));
  if (comments.trailing !== null && !isNoPurpose(comments.trailing)) return comments.trailing;
  return above.length > 0 && above.length === comments.above.length ? above.join(' ') : null;
}

/** `zed-editor # too slow` over another entry is no comment on that one. */
function isTakenOut(line: string, names: readonly string[]): boolean {
  const out = commentedEntry(line);
  if (out === undefined) return false;
  const isOneWord = out.comment === null && out.reference.length === 1 && !/[\d_-]/.test(out.reference[0] as string);
  return !isOneWord && !names.includes(out.reference.join('.')) && /^[a-z]/.test(out.reference[0] as string);
}

/** The entry that a comment begins with the name of: `Serena MCP Server - …` over `serena`. */
function namedEntry(text: string, names: readonly string[], from: number, to: number): number | undefined {
  const words = text.toLowerCase().split(/[\s:,(–—]+/);
  const starts = [
    words[0],
    words.slice(0, 2).join('-'),
    words.slice(0, 2).join(''),
    words.slice(0, 2).reverse().join('-'),
  ];
  for (let index = from; index < to; index += 1) {
    const name = names[index]?.toLowerCase();
    const last = name?.split('.').at(-1);
    if (name !== undefined && name.length > 1 && (starts.includes(name) || starts.includes(last))) return index;
  }
  return undefined;
}
