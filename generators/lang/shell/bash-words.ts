import type { Redirection as BashRedirection, Word as BashWord, DoubleQuotedChild, WordPart } from 'unbash';
import type { Redirection, Word } from './line.ts';

/** Without quotes, expansions and patterns; asking the parser for the parts of such a word would cost much more. */
const plain = /^[\w./:@%+,^=-]+$/;

/** Converts a word of the bash parser; `text` is null if it depends on an expansion. */
export function toWord(word: BashWord): Word {
  if (plain.test(word.text)) return { text: word.text, raw: word.text, quoted: false, pattern: false };
  const parts = word.parts;
  if (parts === undefined) {
    return { text: word.value, raw: word.text, quoted: word.value !== word.text, pattern: false };
  }
  let text: string | null = '';
  let quoted = word.text.includes('\\');
  let pattern = false;
  for (const part of parts) {
    if (isQuote(part)) quoted = true;
    if (part.type === 'Glob' || part.type === 'ExtendedGlob' || part.type === 'BraceExpansion') pattern = true;
    const fixed = fixedText(part);
    text = text === null || fixed === null ? null : text + fixed;
  }
  const known: Word = { text, raw: word.text, quoted, pattern };
  // `sh -c "cat $file"`: part of the script is known.
  if (text !== null || !parts.some(({ type }) => type === 'DoubleQuoted')) return known;
  const shape = parts.map(shapeOf).join('');
  return /\s/.test(shape) ? { ...known, shape } : known;
}

function shapeOf(part: WordPart): string {
  return part.type === 'DoubleQuoted'
    ? part.parts.map((child) => fixedText(child) ?? '\0').join('')
    : (fixedText(part) ?? '\0');
}

export function toRedirection(redirection: BashRedirection): Redirection {
  const descriptor = redirection.descriptor?.type === 'FileDescriptor' ? redirection.descriptor.value : null;
  if (redirection.type !== 'HereDoc') {
    const target = redirection.target;
    return { operator: redirection.operator, descriptor, target: target === undefined ? null : toWord(target) };
  }
  const { body, delimiter } = redirection;
  const quoted = delimiter?.quoted ?? false;
  const fixed = quoted || (body.parts ?? []).every((part) => part.type === 'Literal');
  return {
    operator: redirection.operator,
    descriptor,
    target: { text: fixed ? body.text : null, raw: body.text, quoted, pattern: false },
  };
}

function isQuote(part: WordPart): boolean {
  return (
    part.type === 'SingleQuoted' ||
    part.type === 'DoubleQuoted' ||
    part.type === 'AnsiCQuoted' ||
    part.type === 'LocaleString'
  );
}

function fixedText(part: WordPart | DoubleQuotedChild): string | null {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value;
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return part.text;
    case 'DoubleQuoted':
    case 'LocaleString': {
      let text = '';
      for (const child of part.parts) {
        const fixed = fixedText(child);
        if (fixed === null) return null;
        text += fixed;
      }
      return text;
    }
    default:
      return null;
  }
}
