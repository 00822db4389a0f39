/** Lines of zsh that bash reads without error, but differently. */
export const misreadByBash =
  /(?:^|[;&|({\n]|\b(?:do|then|else|time))\s*(?:repeat\s|-\s|=\w|\{\S)|\$\{[($]|<\d*-\d*>|&!/;

/** Words after which a command follows. */
const introducers = new Set('if then elif else fi while until do done time coproc !'.split(' '));

const unsupported = new Error('unsupported');
function fail(): never {
  throw unsupported;
}

/**
 * Rewrites what people type at a zsh prompt and bash does not have:
 *
 * - `for x (a b) CMD`, `for x in a b; CMD`, `repeat 3 CMD`, with a command or `{ … }` in place of `do … done`
 * - `{ ls }` without a separator before the brace
 * - patterns (`(a|b)*`, `*(.om)`, `<1-9>`) become `*`; `=(CMD)` becomes `<(CMD)`; `=ls` and `- ls` become `ls`
 * - `&!`, `&|`, `>!`, `>>|`, … lose their second sign
 * - `${(f)"$(CMD)"}` becomes an expansion beside `$(CMD)`
 *
 * The result runs the same commands in the same pipelines. Everything else is copied: bash decides whether it is
 * understood. Null for a here-document, for `case`, and for unbalanced quotes or parentheses.
 */
export function zshAsBash(source: string): string | null {
  if (/(?<!<)<<(?!<)/.test(source)) return null;
  let at = 0;
  let inBraces = false; // a brace ends the list
  try {
    const text = list();
    return at < source.length ? null : text;
  } catch (error) {
    if (error === unsupported || error instanceof RangeError) return null;
    throw error;
  }

  /** Takes what the sticky pattern matches here; the empty text if it does not. */
  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? '';
    at += found.length;
    return found;
  }

  function isAt(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    return pattern.test(source);
  }

  function endsList(): boolean {
    return at >= source.length || isAt(inBraces ? /[)}]/y : /\)/y);
  }

  function list(): string {
    let text = '';
    for (;;) {
      const separator = take(/\s+|\\\n|#.*|&&|\|\||\|&|&(?!>)[!|]?|;[;&|]?|\|/y);
      if (separator !== '') text += separator.replace(/^&[!|]/, '&');
      else if (endsList()) return text;
      else text += command();
    }
  }

  function command(): string {
    if (source[at] === '(') return parenthesized();
    if (source[at] === '{' && !isAt(/\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}/y)) {
      return `{ ${listUntil('}').trim() || '_='}\n}`; // a group must not be empty; an assignment runs nothing
    }
    const start = at;
    const word = take(/(?:[a-z]+|[!-])(?=[\s;&|()}]|$)/y);
    if (introducers.has(word)) return word;
    if (word === '-') return '';
    if (word === 'case' || word === 'foreach') return fail();
    if (word === 'for') return forLoop();
    if (word === 'repeat') return `for _ in${take(/[ \t]+/y)}${argument()}\n${loopBody()}`;
    if (word === 'function') return word + take(/[ \t]+[\w.:+-]+/y);
    at = start;
    take(/=(?=[\w./])/y);
    return simpleCommand();
  }

  function parenthesized(): string {
    return `(${listUntil(')')})`;
  }

  function listUntil(close: ')' | '}'): string {
    const outer = inBraces;
    inBraces = close === '}';
    at += 1;
    const inner = list();
    if (source[at++] !== close) fail();
    inBraces = outer;
    return inner;
  }

  function forLoop(): string {
    take(/[ \t]+/y);
    if (isAt(/\(\(/y)) return `for ${parenthesized()}\n${loopBody()}`;
    take(/\w+(?:[ \t]+(?!in\b|do\b)\w+)*/y);
    let head = 'for _';
    if (take(/\s*\(/y) !== '') head += ` in ${wordsUntil(/\)/y)}`;
    else if (take(/\s+in\b/y) !== '') head += ` in ${wordsUntil(/[ \t]*(?:[;\n]|$)/y)}`;
    return `${head}\n${loopBody()}`;
  }

  function wordsUntil(end: RegExp): string {
    let text = '';
    while (!isAt(end)) text += take(/\s+/y) || argument();
    return text;
  }

  /** The text up to `do`, which the list goes on with; else the whole body, with `do` and `done`. */
  function loopBody(): string {
    take(/\)?[\s;]*/y);
    if (isAt(/do\b/y)) return '';
    let body = '';
    for (let joint = ' '; joint !== ''; joint = take(/&&|\|\||\|&?/y)) {
      body += joint + take(/\s+/y) + (endsList() ? fail() : command()) + take(/[ \t]+/y);
    }
    return `do\n${body}\ndone`;
  }

  function simpleCommand(): string {
    let text = '';
    for (;;) {
      const taken = take(/[ \t]+(?:#.*)?|\\\n|&>>?[|!]?|<<<|<[>&]|<(?!\(|\d*-\d*>)|>>?&?[|!]?(?!\()/y);
      if (taken !== '') text += taken.replace(/[|!]$/, '').replace('>>&', '&>>');
      else if (endsList() || isAt(/[\n;&|]/y)) return text;
      else if (isAt(/\(\s*\)/y)) return text + take(/\(\s*\)/y);
      else text += argument();
    }
  }

  function argument(): string {
    const start = at;
    let word = '';
    let open = 0;
    while (at < source.length && !isAt(/[\s;&|)]|\(\s*\)/y)) {
      const char = source[at];
      if (char === '}' && open === 0 && inBraces) break;
      if (char === '{') open += 1;
      if (char === '}' && open > 0) open -= 1;
      if (take(/<\d*-\d*>/y) !== '') word += '*';
      else if (at === start && isAt(/[<>=]\(/y)) {
        at += 1;
        word += (char === '>' ? '>' : '<') + parenthesized();
      } else if (char === '<' || char === '>') break;
      else if (char === '(') {
        at += 1;
        if (/^[A-Za-z_]\w*\+?=$/.test(word)) word += `(${wordsUntil(/\)/y)}${take(/\)/y)}`;
        else word += `*${substitutionsUntil(')')}`;
      } else word += piece();
    }
    return at === start ? fail() : word;
  }

  /** A character, a quoted text or an expansion. */
  function piece(quoted = false): string {
    const char = source[at] ?? fail();
    if (char === '\\') return take(/\\[\s\S]?/y);
    if (char === '`') return take(/`(?:[^`\\]|\\[\s\S])*`/y) || fail();
    if (char === '$') return expansion();
    if (char === "'" && !quoted) return take(/'[^']*'/y) || fail();
    at += 1;
    if (char !== '"' || quoted) return char;
    let text = char;
    while (source[at] !== '"') text += piece(true);
    at += 1;
    return `${text}"`;
  }

  function expansion(): string {
    const start = at;
    const simple = take(/\$'(?:[^'\\]|\\[\s\S])*'|\$(?![({])/y);
    if (simple !== '') return simple;
    at += 1;
    if (source[at] === '(') return `$${parenthesized()}`;
    at += 1;
    const isZsh = isAt(/[($]/y);
    const substitutions = substitutionsUntil('}');
    return isZsh ? `\${_}${substitutions}` : source.slice(start, at);
  }

  /** The expansions in what stands here up to this sign, which is taken too. */
  function substitutionsUntil(end: ')' | '}'): string {
    let found = '';
    while (source[at] !== end) {
      if (source[at] === '(' && end === ')') {
        at += 1;
        found += substitutionsUntil(')');
      } else {
        const text = source[at] === '"' ? take(/"/y) : piece();
        if (/^(?:\$[({]|`)/.test(text)) found += text;
      }
    }
    at += 1;
    return found;
  }
}
