/** A sentence of a commit message, on one line. */
export interface Sentence {
  text: string;
  isSubject: boolean;
}

const trailer =
  /^[A-Z][\w-]*(?:-by|-Id|-Url|-Session)?: \S|^(?:Fixes|Closes|Refs|Link|Change-Id|Cc|Tested|Acked|Reviewed): /;
const generated = /Generated with|Co-authored-by|noreply@|^-{3,}$|^🤖/iu;
/** `8f5b5da chore: update` in a body: what another commit says. */
export const quotedCommit = /^\s*(?:[-*•]\s*)?`?([0-9a-f]{7,64})`?:?\s+(\S.*)$/;

/** Splits a message into what it says: no trailers, no marks of lists and headings, no quoted commits. */
export function sentences(message: string): Sentence[] {
  const [subject = '', ...rest] = message.split('\n');
  const found: Sentence[] = [];
  const add = (text: string, isSubject: boolean): void => {
    for (const part of splitSentences(clean(text))) if (/\p{L}{2}/u.test(part)) found.push({ text: part, isSubject });
  };
  add(subject, true);
  let open = '';
  const flush = (): void => {
    if (open !== '') add(open, false);
    open = '';
  };
  let inTrailers = false;
  for (const line of rest) {
    const bare = line.trim();
    if (bare === '' || generated.test(bare) || quotedCommit.test(line)) {
      flush();
      continue;
    }
    if (/^[\w-]+-by: /i.test(bare)) inTrailers = true;
    if (inTrailers && trailer.test(bare)) continue;
    const isItem = /^(?:[-*•+]|\d+[.)]|#+)\s/.test(bare);
    if (isItem || /^#/.test(bare)) flush();
    open = open === '' ? bare : `${open} ${bare}`;
    if (/^#/.test(bare) || /:$/.test(bare)) flush();
  }
  flush();
  return found;
}

function clean(text: string): string {
  return text
    .trim()
    .replace(/^(?:[-*•+]|\d+[.)]|#+)\s+/, '')
    .replace(/\*\*|__/g, '')
    .replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\s)+/u, '')
    .replace(/\s+/g, ' ');
}

function splitSentences(text: string): string[] {
  return text.split(/(?<=[\p{L}\p{N})`'"][.!?;])\s+(?=[\p{Lu}`])/u).map((part) => part.trim());
}
