/**
 * A line of zsh as bash would have it, for the parser of bash: what zsh alone has (short loops, `repeat`,
 * `always`, anonymous functions, `=(…)`, glob qualifiers, `&!`, …) is put in words that run the same
 * commands in the same pipelines. What runs nothing (patterns, arithmetic, conditions, expansions) is
 * reduced to the substitutions in it. Null for what is no zsh.
 *
 * `#` begins a comment, as with INTERACTIVE_COMMENTS; aliases are as they were typed.
 */
export function zshAsBash(source: string): string | null {
  steps = 1000 + 4 * source.length;
  try {
    return translate(source, 0);
  } catch (error) {
    if (error === noZsh || error instanceof RangeError) return null;
    throw error;
  }
}

const noZsh = new Error('not zsh');
const maxNesting = 40;
/** Left for a line: brackets that are read twice, as `$((` and then as `$( (`, would double what is in them. */
let steps = 0;

/** What a list may end with, beside the end of the text. */
const closing = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', 'end', '}']);
/** Assigned to nothing: a list must hold something, and this runs nothing. */
const empty = '_=';

function translate(source: string, nesting: number): string {
  if (nesting > maxNesting) throw noZsh;
  let at = 0;
  /** Where here-documents have been read: a line's end -> the position behind their bodies. */
  const bodies = new Map<number, number>();
  const text = list();
  if (at < source.length) throw noZsh;
  return text;

  function fail(): never {
    throw noZsh;
  }

  /** Blanks, continued lines, and a comment up to the end of its line. */
  function blanks(): void {
    for (;;) {
      const char = source[at];
      if (char === ' ' || char === '\t' || char === '\r') at += 1;
      else if (char === '\\' && source[at + 1] === '\n') at += 2;
      else break;
    }
    if (source[at] === '#') while (at < source.length && source[at] !== '\n') at += 1;
  }

  function lineEnd(): boolean {
    if (source[at] !== '\n') return false;
    at = bodies.get(at) ?? at + 1;
    return true;
  }

  /** Blanks and ends of lines; with `semicolons` those too. */
  function gap(semicolons = false): void {
    for (;;) {
      blanks();
      if (lineEnd()) continue;
      if (semicolons && source[at] === ';' && !/[;&|]/.test(source[at + 1] ?? '')) at += 1;
      else return;
    }
  }

  /** The plain word that stands here, whole; the empty text where there is none. */
  function peek(): string {
    if (source[at] === '}') return '}';
    // `{ls}` is a group; `{ls,-l}` is two words.
    if (source[at] === '{') return /^\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}/.test(source.slice(at, at + 500)) ? '' : '{';
    const found = /^(?:[A-Za-z]+|[!-]|\[\[)(?=[\s;&|<>()}]|$)/.exec(source.slice(at, at + 20));
    return found?.[0] ?? '';
  }

  function take(word: string): boolean {
    blanks();
    if (peek() !== word) return false;
    at += word.length;
    return true;
  }

  function expect(word: string): void {
    if (!take(word)) fail();
  }

  /** Lists between separators; ends before a closing word, `)`, `;;`, or where no separator stands. */
  function list(): string {
    const parts: string[] = [];
    for (;;) {
      gap(true);
      if (at >= source.length || source[at] === ')' || source[at] === ';' || closing.has(peek())) break;
      let part = sublist();
      blanks();
      if (source[at] === '&' && source[at + 1] !== '&') {
        at += /[!|]/.test(source[at + 1] ?? '') ? 2 : 1;
        part += ' &';
      } else if (source[at] !== ';' && source[at] !== '\n') {
        parts.push(part);
        break;
      }
      parts.push(part);
    }
    return parts.join('\n');
  }

  function body(): string {
    return list() || empty;
  }

  function sublist(): string {
    let all = '';
    for (;;) {
      all += pipeline();
      blanks();
      const joint = source.slice(at, at + 2);
      if (joint !== '&&' && joint !== '||') return all;
      at += 2;
      gap();
      all += ` ${joint} `;
    }
  }

  function pipeline(): string {
    let all = '';
    for (;;) {
      blanks();
      if (take('!')) all += '! ';
      else if (take('time')) all += 'time ';
      else if (take('coproc')) all += 'coproc ';
      else break;
    }
    // `time` alone.
    if (all !== '' && /^(?:[;\n)]|$)/.test(source.slice(at, at + 1))) return all;
    for (;;) {
      all += command();
      blanks();
      if (source[at] !== '|' || source[at + 1] === '|') return all;
      at += 1;
      all += ' |';
      if (source[at] === '&') {
        at += 1;
        all += '&';
      }
      all += ' ';
      gap();
    }
  }

  function command(): string {
    steps -= 1;
    if (steps < 0) fail();
    blanks();
    const found = compound();
    if (found === null) return simple();
    return found + redirections();
  }

  function redirections(): string {
    let all = '';
    for (let one = redirection(); one !== null; one = redirection()) all += ` ${one}`;
    return all;
  }

  function compound(): string | null {
    if (source[at] === '(') {
      if (/^\([ \t]*\)/.test(source.slice(at))) return defined([]);
      return source.startsWith('((', at) ? (arithmetic() ?? subshell()) : subshell();
    }
    const word = peek();
    switch (word) {
      case '{': {
        const group = braces();
        return take('always') ? `{\n${group}\n${braces()}\n}` : group;
      }
      case '[[':
        return condition();
      case 'if':
        at += 2;
        return conditional();
      case 'while':
      case 'until':
        at += 5;
        return `${word}\n${body()}\n${loopBody()}`;
      case 'repeat': {
        at += 6;
        blanks();
        return `for _ in ${argument()}\n${loopBody()}`;
      }
      case 'for':
      case 'foreach':
      case 'select':
        at += word.length;
        return loop(word);
      case 'case':
        at += 4;
        return cases();
      case 'function': {
        at += 8;
        const names: string[] = [];
        for (blanks(); at < source.length && !/[\n;({]/.test(source[at] as string); blanks()) names.push(argument());
        return defined(names.filter((name) => !name.startsWith('-')));
      }
      default:
        return closing.has(word) ? fail() : null;
    }
  }

  function braces(): string {
    gap();
    expect('{');
    const inner = body();
    expect('}');
    return `{\n${inner}\n}`;
  }

  function subshell(): string {
    at += 1;
    const inner = body();
    if (source[at] !== ')') fail();
    at += 1;
    return `( ${inner}\n)`;
  }

  /** `((…))`; null where the two brackets are not one sign. */
  function arithmetic(): string | null {
    const start = at;
    at += 2;
    const inner = inside(')', false);
    if (source[at] !== ')') {
      at = start;
      return null;
    }
    at += 1;
    return tests(inner);
  }

  /** A condition that holds nothing but these substitutions. */
  function tests(substitutions: readonly string[]): string {
    return `[[ -n "_${substitutions.join('')}" ]]`;
  }

  function condition(): string {
    at += 2;
    const found: string[] = [];
    for (;;) {
      gap();
      if (at >= source.length) fail();
      if (/^\]\](?=[\s;&|<>()}]|$)/.test(source.slice(at, at + 3))) break;
      // Brackets group; in a pattern they belong to the word.
      if (/[();]/.test(source[at] as string)) at += 1;
      else if (/[<>&|]/.test(source[at] as string) && !/^[<>=]\(/.test(source.slice(at, at + 2))) at += 1;
      else found.push(...(argument().match(/[<>$]\([\s\S]*\)/g) ?? []));
    }
    at += 2;
    return found.length === 0 ? tests([]) : `[[ -n ${found.map((one) => `_${one}`).join(' && -n ')} ]]`;
  }

  function conditional(): string {
    let all = `if\n${body()}\n`;
    let short = false;
    const branch = (): string => {
      gap(true);
      if (take('then')) return `then\n${body()}\n`;
      short = true;
      blanks();
      return `then\n${peek() === '{' ? braces() : sublist()}\n`;
    };
    all += branch();
    for (;;) {
      // Behind a short branch the next word may stand on another line only with braces; both are taken.
      const start = at;
      if (short) gap(true);
      if (take('elif')) all += `elif\n${body()}\n${branch()}`;
      else if (take('else')) {
        if (short) gap();
        all += `else\n${short ? (peek() === '{' ? braces() : sublist()) : body()}\n`;
      } else {
        if (short) at = start;
        else expect('fi');
        return `${all}fi`;
      }
    }
  }

  /** `do … done`, `{ … }`, or one command. */
  function loopBody(): string {
    gap(true);
    if (take('do')) {
      const inner = body();
      expect('done');
      return `do\n${inner}\ndone`;
    }
    return `do\n${peek() === '{' ? braces() : sublist()}\ndone`;
  }

  function loop(kind: 'for' | 'foreach' | 'select'): string {
    blanks();
    if (kind === 'for' && source.startsWith('((', at)) {
      at += 2;
      const inner = inside(')', false);
      if (source[at] !== ')') fail();
      at += 1;
      return `for _ in "_${inner.join('')}"\n${loopBody()}`;
    }
    const names: string[] = [];
    for (blanks(); at < source.length && !/[\n;(]/.test(source[at] as string); blanks()) {
      if (peek() === 'in' && names.length > 0) break;
      if (names.length > 0 && (peek() === 'do' || peek() === '{')) break;
      names.push(argument());
    }
    let words: string[] | null = null;
    gap();
    if (take('in')) {
      words = [];
      for (blanks(); at < source.length && !/[\n;]/.test(source[at] as string); blanks()) words.push(argument());
    } else if (source[at] === '(') {
      at += 1;
      words = wordsUntilBracket();
    }
    const head = `${kind === 'select' ? 'select' : 'for'} _${words === null ? '' : ` in ${words.join(' ')}`}\n`;
    if (kind !== 'foreach') return head + loopBody();
    const inner = body();
    expect('end');
    return `${head}do\n${inner}\ndone`;
  }

  function wordsUntilBracket(): string[] {
    const words: string[] = [];
    for (gap(); source[at] !== ')'; gap()) {
      if (at >= source.length) fail();
      words.push(argument());
    }
    at += 1;
    return words;
  }

  function cases(): string {
    blanks();
    const word = argument();
    gap();
    const brace = take('{');
    if (!brace) expect('in');
    const end = brace ? '}' : 'esac';
    let all = `case ${word} in\n`;
    for (;;) {
      gap(true);
      if (take(end)) return `${all}esac`;
      all += `*${pattern().join('')})\n${list()}\n;;\n`;
      blanks();
      if (source[at] === ';' && /[;&|]/.test(source[at + 1] ?? '')) at += 2;
      else if (peek() !== end) fail();
    }
  }

  /** Up to the bracket that ends it: `a|b)`, `(a|b)`, `(a|b)*)`. Answers its substitutions. */
  function pattern(): string[] {
    const found: string[] = [];
    if (source[at] === '(') {
      at += 1;
      found.push(...inside(')'));
      blanks();
      // In brackets as a whole; more of the pattern stands right behind them.
      if (!/[)|]/.test(source[at] ?? '') && /[\s]/.test(source[at - 1] ?? '')) return found;
      if (/[\n;]/.test(source[at] ?? '\n')) return found;
    }
    return [...found, ...inside(')')];
  }

  /** A function's definition behind its names; one without a name runs at once, over the words behind it. */
  function defined(names: readonly string[]): string {
    blanks();
    if (source[at] === '(') {
      at += 1;
      blanks();
      if (source[at] !== ')') fail();
      at += 1;
    }
    gap(true);
    const inner = peek() === '{' ? braces() : `{\n${command()}\n}`;
    if (names.length > 0)
      return `${/^[\w.:+-]+$/.test(names[0] as string) ? names[0] : '_'}() ${inner}${redirections()}`;
    const words: string[] = [];
    for (blanks(); startsWord(); blanks()) words.push(argument());
    return words.length === 0 ? inner : `{\n_=(${words.join(' ')})\n${inner}\n}`;
  }

  function startsWord(): boolean {
    const char = source[at];
    if (char === undefined || peek() === '}') return false;
    if (/[<>]/.test(char)) return /^(?:[<>]\(|<\d*-\d*>)/.test(source.slice(at, at + 30));
    return !/[\n;&|()]/.test(char) || char === '(';
  }

  function simple(): string {
    const words: string[] = [];
    let isCommand = true;
    let assignments = 0;
    for (;;) {
      blanks();
      const redirected = redirection();
      if (redirected !== null) {
        words.push(redirected);
        continue;
      }
      if (!startsWord()) break;
      if (source[at] === '(' && /^\([ \t]*\)/.test(source.slice(at))) {
        if (words.length === 0) fail();
        return defined(words);
      }
      // As a modifier: as a login shell has it.
      if (isCommand && take('-')) continue;
      const assigns = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(source.slice(at, at + 200));
      if (isCommand && !assigns && source[at] === '=' && /[\w./]/.test(source[at + 1] ?? '')) at += 1;
      const word = argument();
      words.push(word);
      if (isCommand && assigns) assignments += 1;
      else isCommand = false;
      // `f() …`: the brackets end the word.
      if (source[at] === '(' && words.length > assignments) return defined(words);
    }
    return words.length === 0 ? fail() : words.join(' ');
  }

  /** One with its target; null where none stands here. */
  function redirection(): string | null {
    blanks();
    const rest = source.slice(at, at + 40);
    if (/^(?:[<>]\(|<\d*-\d*>)/.test(rest)) return null;
    const found = /^(\d|\{[A-Za-z_]\w*\})?(<<<|<<-|<<|<>|<&|<|&>>[|!]?|>>&[|!]?|&>[|!]?|>&[|!]|>&|>>[|!]?|>[|!]?)/.exec(
      rest,
    );
    if (found === null) return null;
    const [whole, descriptor = '', operator = ''] = found;
    if (/^[<>]$/.test(operator) && rest[whole.length] === '(') return null;
    at += whole.length;
    blanks();
    if (operator === '<<' || operator === '<<-') return `${descriptor}<<< ${hereDocument(operator === '<<-')}`;
    const plain = operator
      .replace(/^>>&.?$/, '&>>')
      .replace(/^>&[|!]$/, '&>')
      .replace(/^(.*>)[|!]$/, '$1');
    return `${descriptor}${plain} ${argument()}`;
  }

  /** The body of a here-document as one quoted word. */
  function hereDocument(indented: boolean): string {
    const start = at;
    argument();
    const written = source.slice(start, at);
    const delimiter = written.replace(/['"\\]/g, '');
    let newline = source.indexOf('\n', at);
    if (newline < 0) return "''";
    // Behind those that were begun on this line.
    const first = newline;
    newline = bodies.get(first) ?? newline + 1;
    const lines: string[] = [];
    let end = newline;
    for (;;) {
      if (end >= source.length) break;
      const stop = source.indexOf('\n', end);
      const raw = source.slice(end, stop < 0 ? source.length : stop);
      end = stop < 0 ? source.length : stop + 1;
      const line = indented ? raw.replace(/^\t+/, '') : raw;
      if (line === delimiter) break;
      lines.push(line);
    }
    bodies.set(first, end);
    const text = lines.join('\n');
    if (written !== delimiter) return `'${text.replaceAll("'", `'\\''`)}'`;
    return translateQuoted(text);
  }

  function translateQuoted(text: string): string {
    const quoted = `"${text.replace(/\\[\s\S]|"/g, (one) => (one === '"' ? '\\"' : one))}"`;
    const alone = translate(`_ ${quoted}`, nesting + 1);
    return alone.slice(2);
  }

  /** One word. */
  function argument(): string {
    const start = at;
    let word = '';
    let open = 0;
    while (at < source.length) {
      const char = source[at] as string;
      if (/[\s;&|)]/.test(char)) break;
      // One that nothing in the word opens closes a group.
      if (char === '}' && open === 0) break;
      if (/[{}]/.test(char)) open += char === '{' ? 1 : -1;
      if (char === '<' || char === '>') {
        const range = /^<\d*-\d*>/.exec(source.slice(at, at + 30));
        if (range !== null) {
          word += '*';
          at += range[0].length;
        } else if (at === start && source[at + 1] === '(') {
          at += 1;
          word += `${char}${subshell()}`;
        } else break;
      } else if (char === '=' && source[at + 1] === '(' && (at === start || /^\w+=$/.test(word))) {
        // A file in place of a pipe; with a name before it, an array.
        if (at === start) {
          at += 1;
          word += `<${subshell()}`;
        } else fail();
      } else if (char === '(') {
        if (/^\([ \t]*\)/.test(source.slice(at))) break;
        at += 1;
        if (/^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=$/.test(word)) word += `(${wordsUntilBracket().join(' ')})`;
        else word += `*${inside(')').join('')}`;
      } else word += piece(false);
    }
    // In bash it would end a condition that nothing began.
    return at === start ? fail() : word === ']]' ? "']]'" : word;
  }

  /** A character, a quoted text or an expansion. */
  function piece(quoted: boolean): string {
    const char = source[at] as string;
    if (char === '\\') {
      at += 2;
      return source[at - 1] === '\n' && !quoted ? '' : source.slice(at - 2, at);
    }
    if (char === '`') return backticks(quoted);
    if (char === '$') return expansion();
    if (char === '"' && !quoted) {
      at += 1;
      let text = '';
      while (source[at] !== '"') {
        if (at >= source.length) fail();
        text += piece(true);
      }
      at += 1;
      return `"${text}"`;
    }
    if (char === "'" && !quoted) {
      const end = source.indexOf("'", at + 1);
      if (end < 0) fail();
      const text = source.slice(at, end + 1);
      at = end + 1;
      return text;
    }
    at += 1;
    return char;
  }

  function expansion(): string {
    steps -= 1;
    if (steps < 0) fail();
    const rest = source.slice(at, at + 3);
    if (rest.startsWith("$'")) {
      const found = /^\$'(?:[^'\\]|\\[\s\S])*'/.exec(source.slice(at));
      if (found === null) fail();
      at += (found as RegExpExecArray)[0].length;
      return (found as RegExpExecArray)[0];
    }
    if (rest === '$((') {
      const start = at;
      at += 3;
      const inner = inside(')', false);
      if (source[at] === ')') {
        at += 1;
        return `\${_}${inner.join('')}`;
      }
      at = start;
    }
    if (rest.startsWith('$(')) {
      at += 1;
      return `$${subshell()}`;
    }
    if (rest.startsWith('${')) {
      at += 2;
      return `\${_}${inside('}').join('')}`;
    }
    if (rest.startsWith('$[')) {
      at += 2;
      return `\${_}${inside(']', false).join('')}`;
    }
    at += 1;
    return '$';
  }

  function backticks(quoted: boolean): string {
    const start = at + 1;
    for (at = start; source[at] !== '`'; at += source[at] === '\\' ? 2 : 1) if (at >= source.length) fail();
    const inner = source.slice(start, at).replace(quoted ? /\\([`$\\"])/g : /\\([`$\\])/g, '$1');
    at += 1;
    return `$( ${translate(inner, nesting + 1) || empty}\n)`;
  }

  /** What stands up to this sign, which is passed: only the substitutions in it. */
  function inside(end: ')' | '}' | ']', quotes = true): string[] {
    const found: string[] = [];
    while (source[at] !== end) {
      const char = source[at];
      if (char === undefined) fail();
      if (char === '(' && end !== '}') {
        at += 1;
        found.push(...inside(')', quotes));
      } else if (char === "'" && !quotes) at += 1;
      else if (char === '$' && source[at + 1] === '{') {
        at += 2;
        found.push(...inside('}'));
      } else if (char === '"' && (quotes || end !== ')')) {
        at += 1;
        found.push(...inQuotes());
      } else {
        const one = piece(char === '"');
        const substitution = /\$\([\s\S]*$/.exec(one);
        if (substitution !== null) found.push(substitution[0]);
      }
    }
    at += 1;
    return found;
  }

  function inQuotes(): string[] {
    const found: string[] = [];
    while (source[at] !== '"') {
      if (at >= source.length) fail();
      const substitution = /\$\([\s\S]*$/.exec(piece(true));
      if (substitution !== null) found.push(substitution[0]);
    }
    at += 1;
    return found;
  }
}
