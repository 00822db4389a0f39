import { type CommentLine, commentedEntry, type EntryComments, isNoPurpose } from './comments.ts';

/** The comment of one entry, and the heading of its group. */
export interface OwnComments {
  comment: string | null;
  section: string | null;
}

/**
 * Assigns comments to the entries of a list or set. A comment on the entry's line belongs to the entry. So do lines
 * above it if they begin with its name, or if it is the only entry below them and they are more than a heading. Lines
 * above several entries are the heading of the group, which ends at a blank line or the next heading. Lines above a
 * commented-out entry belong to that entry.
 *
 * @param startsGroup whether the second entry starts another group even without a comment or blank line before it
 */
export function placeComments(
  names: readonly string[],
  comments: readonly EntryComments[],
  startsGroup: (name: string, next: string) => boolean = () => false,
): OwnComments[] {
  let section: string | null = null;
  const claimed = new Map<number, string>();
  return comments.map((own, index) => {
    if (startsGroup(names[index - 1] ?? '', names[index] ?? '')) section = null;
    if (own.blankBefore || own.above.length > 0) {
      section = null;
      const lines = own.above.slice(linesOfOthers(own.above, names)).filter(({ text }) => !isNoPurpose(text));
      let end = index + 1;
      while (end < comments.length && !comments[end]?.blankBefore && comments[end]?.above.length === 0) {
        if (startsGroup(names[index] ?? '', names[end] ?? '')) break;
        end += 1;
      }
      const heading: string[] = [];
      let subject: number | undefined;
      for (const { text } of lines) {
        // A line that names an entry is about it, and so are the lines after it.
        const bare = text.replace(/^(?:\d+[.)]|[-*•])\s+/, '');
        subject = namedEntry(bare, names, index, end) ?? (bare === text ? subject : undefined);
        if (subject === undefined) heading.push(text);
        else claimed.set(subject, [claimed.get(subject), bare].filter((part) => part !== undefined).join(' '));
      }
      if (heading.length > 0) {
        const text = heading.join(' ');
        const isAlone = end === index + 1 && own.trailing === null && !claimed.has(index);
        if (isAlone && lines.length === own.above.length && !isHeading(text)) claimed.set(index, text);
        else section = text;
      }
    }
    const trailing = own.trailing !== null && !isNoPurpose(own.trailing) ? own.trailing : null;
    return { comment: trailing ?? claimed.get(index) ?? null, section };
  });
}

/** Whether a comment is only a heading: `Virtualization settings`, `Terminal tools`. */
export function isHeading(text: string): boolean {
  const words = text.replace(/[:.]+$/, '').split(/\s+/);
  return (
    words.length <= 4 &&
    /^(?:settings?|config(?:uration)?s?|options?|packages?|pkgs|tools?|tooling|apps?|applications?|programs?|services?|utilit(?:y|ies)|utils|stuff|misc(?:ellaneous)?|plugins?|extensions?|modules?|fonts?|librar(?:y|ies)|libs|languages?|dependencies|deps|editors?|browsers?|games?|gaming|drivers?|things|section|basics|essentials|core|general|others?|desktop|hardware|software|development|dev|media|system|security|network(?:ing)?|virtuali[sz]ation|containers?|shells?|terminals?|cli|gui)$/i.test(
      words.at(-1) ?? '',
    )
  );
}

/** How many of the lines above an entry belong to commented-out entries. */
function linesOfOthers(lines: readonly CommentLine[], names: readonly string[]): number {
  const last = lines.findLastIndex(({ text, isWhole }) => isWhole && isCommentedOut(text, names));
  if (last === -1) return 0;
  // Lines below an entry without a comment may be about that entry.
  return commentedEntry(lines[last]?.text ?? '')?.comment === null ? lines.length : last + 1;
}

/** `zed-editor # too slow`, `chromium`: not a comment on the entry below. */
function isCommentedOut(line: string, names: readonly string[]): boolean {
  const out = commentedEntry(line);
  return out !== undefined && !names.includes(out.reference.join('.')) && /^[a-z_]/.test(out.reference[0] ?? '');
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
