/**
 * A POSIX basic regular expression (the default of grep and sed) in the syntax of the modern tools; null where they
 * have no equivalent (backreferences).
 */
export function basicToModern(pattern: string): string | null {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '\\') {
      const next = pattern[++at];
      if (next === undefined || !knownEscape.test(next)) return null;
      out += /[|+?(){}]/.test(next) ? next : `\\${next}`;
    } else if (char === '[') {
      const end = bracketEnd(pattern, at);
      if (end < 0) return null;
      out += pattern.slice(at, end + 1).replace(/\\/g, '\\\\');
      at = end;
    } else if (char === '$' && !/^($|\\[)|])/.test(pattern.slice(at + 1))) {
      // Only at the end it is an anchor.
      out += '\\$';
    } else if (char === '^' && !/(^|[(|])$/.test(out)) {
      out += '\\^';
    } else if (char === '*' && (out === '' || out === '^' || out.endsWith('|') || out.endsWith('('))) out += '\\*';
    else out += /[|+?(){}]/.test(char) ? `\\${char}` : char;
  }
  return out;
}

/** What may follow a backslash: punctuation, and letters that mean the same to both. */
const knownEscape = /^[^A-Za-z0-9\s]$|^[wWsSbB]$/;

/** The same for an extended regular expression: only backreferences differ. */
export function extendedToModern(pattern: string): string | null {
  return [...pattern.matchAll(/\\(.?)/gs)].every(([, next = '']) => knownEscape.test(next)) ? pattern : null;
}

function bracketEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length; at++) {
    if (pattern[at] === '[' && /[:.=]/.test(pattern[at + 1] ?? '')) {
      const close = pattern.indexOf(`${pattern[at + 1]}]`, at + 2);
      if (close < 0) return -1;
      at = close + 1;
    } else if (pattern[at] === ']') return at;
  }
  return -1;
}

/** A word of a command line, quoted only where it must be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
