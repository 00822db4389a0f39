/** A sentence of a commit message, on one line. */
export interface Sentence {
  text: string;
  isSubject: boolean;
  /** From a line such as `Reason: …`, without its label: the reason for what the whole commit did. */
  isReason: boolean;
}

const trailer =
  /^[A-Z][\w-]*(?:-by|-Id|-Url|-Session)?: \S|^(?:Fixes|Closes|Refs|Link|Change-Id|Cc|Tested|Acked|Reviewed): /;
const generated = /Generated with|Co-authored-by|noreply@|^-{3,}$|^🤖/iu;
const listMark = /^(?:[-*•+]|\d+[.)]|#+)\s+/;
const reasonLabel = /^(?:reasons?|why|rationale|motivation|because)\s*:\s*/i;
/** Starts the quoted message of another commit. */
const quotesAnother = /^(?:Revert|Reapply)\s+["“]|^This reverts commit|^(?:fixup|squash|amend)! /i;
/** `8f5b5da chore: update` in a body: a commit of a squash commit. */
export const quotedCommit = /^\s*(?:[-*•]\s*)?`?([0-9a-f]{7,64})`?:?\s+(\S.*)$/;

/** Lines of at least this length may be wrapped: the sentence continues on the next line. */
const wrappedLength = 50;

/** Splits a message into sentences. Trailers, marks of lists and headings and quoted messages are left out. */
export function sentences(message: string): Sentence[] {
  const found: Sentence[] = [];
  const lines = message.split('\n');
  let open: { text: string; lastLine: string; isSubject: boolean } | undefined;
  const close = (): void => {
    if (open !== undefined) found.push(...splitSentences(open.text, open.isSubject));
    open = undefined;
  };
  let inTrailers = false;
  for (const [index, line] of lines.entries()) {
    const bare = line.trim();
    const isQuote = index > 0 && (generated.test(bare) || quotedCommit.test(line));
    inTrailers ||= index > 0 && /^[\w-]+-by: /i.test(bare);
    if (bare === '' || isQuote || (inTrailers && trailer.test(bare))) {
      close();
      continue;
    }
    if (open !== undefined && goesOn(open.lastLine, bare)) {
      open.text += ` ${bare}`;
      open.lastLine = bare;
    } else {
      close();
      open = { text: bare, lastLine: bare, isSubject: index === 0 };
    }
  }
  close();
  return found;
}

/** Whether a line was wrapped, so that the next one continues its sentence. */
function goesOn(line: string, next: string): boolean {
  if (/^#|:$/.test(line) || listMark.test(next)) return false;
  if (/^\S+:\s|^\S+ [-–—] /.test(next) && !/[,(]$/.test(line)) return false;
  return line.length >= wrappedLength || /[,(]$/.test(line) || (line.length >= 30 && /^\p{Ll}/u.test(next));
}

function splitSentences(text: string, isSubject: boolean): Sentence[] {
  const plain = text
    .replace(listMark, '')
    .replace(/\*\*|__(?=\w)|(?<=\w)__/g, '')
    .replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\s)+/u, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (quotesAnother.test(plain)) return [];
  const isReason = !isSubject && reasonLabel.test(plain);
  return plain
    .replace(isReason ? reasonLabel : '', '')
    .split(/(?<=[\p{L}\p{N})`'"][.!?;])\s+(?=[\p{Lu}`])/u)
    .map((part) => part.trim())
    .filter((part) => /\p{L}{2}/u.test(part))
    .map((part) => ({ text: part, isSubject, isReason }));
}
