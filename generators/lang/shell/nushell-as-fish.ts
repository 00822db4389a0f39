/** Names that are keywords of fish at the beginning of a command. */
const keywords = new Set(
  'if else for while switch case function begin end and or not time builtin command exec'.split(' '),
);

const recordStart = /\{\s*(?:\}|(?:"[^"]*"|'[^']*'|[\w-]+|\$[\w.]+)\s*:(?!:))/y;
const closureStart = /\{\s*\|[^|]*\|/y;
const streamPipe = /(?:o|e|o\+e|e\+o|out|err|out\+err|err\+out)>\|/y;
const binding =
  /(?:let|mut|const)\s+\$?\w+(?:\s*:\s*\w+)?\s*=\s*(?=[\^A-Za-z_])(?!(?:true|false|null|if|match|do|try)\b)/y;
const commandName = /[A-Za-z_][\w-]*(?![\w./-])/y;

interface Level {
  kind: 'top' | 'block' | 'record' | 'list';
  /** A value in place of a command: only the commands in its parentheses run. */
  value: boolean;
}

/**
 * Rewrites nushell's blocks, closures and values as fish: a block becomes a substitution, a value in place of a command
 * becomes a loop over it. The result runs the same commands in the same pipelines.
 */
export function nushellAsFish(source: string): string {
  if (!/[{[$"'`(]|\b(?:if|for|while|let|mut|const)\b|>\|/.test(source)) return source;
  let out = '';
  let begins = true;
  const top: Level = { kind: 'top', value: false };
  const levels: Level[] = [top];
  const level = (): Level => levels.at(-1) ?? top;
  const endValue = (): void => {
    if (level().value) out += '; end ';
    level().value = false;
  };
  const close = (): void => {
    endValue();
    const { kind } = level();
    if (levels.length > 1) levels.pop();
    out += kind === 'block' ? ')' : ' ';
    begins = false;
  };
  const matchAt = (pattern: RegExp, at: number): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at);
    if (char === ' ' || char === '\t') {
      out += char;
      at += 1;
      continue;
    }
    if (char === '#' && /^$|[\s;|({]/.test(source[at - 1] ?? '')) {
      while (at < source.length && source[at] !== '\n') at += 1;
      continue;
    }
    if (char === ';' || char === '\n' || char === '|') {
      const inData = level().kind === 'record' || level().kind === 'list';
      if (!inData) endValue();
      out += inData ? ' ' : char;
      begins = !inData;
      at += 1;
      continue;
    }
    if (begins && char !== '}' && char !== ')') {
      begins = false;
      const bound = matchAt(binding, at);
      if (bound !== null) {
        out += `${bound.split(/\s/)[0]}; `;
        at += bound.length;
        begins = true;
        continue;
      }
      if (/["'`$([{0-9]/.test(char)) {
        out += 'for _ in ';
        level().value = true;
      } else {
        const name = matchAt(commandName, at);
        if (name !== null && keywords.has(name)) {
          out += `'${name}'`;
          at += name.length;
          continue;
        }
      }
    }
    const pipe = matchAt(streamPipe, at);
    if (pipe !== null && /\s/.test(source[at - 1] ?? ' ')) {
      at += pipe.length - 1;
      continue;
    }
    const interpolates = char === '$' && /["']/.test(source[at + 1] ?? '');
    if (interpolates || char === '"' || char === "'" || char === '`') {
      const start = interpolates ? at + 1 : at;
      const end = closing(source, start);
      const text = source.slice(start + 1, end);
      if (interpolates) {
        out += `"" ${substitutionsOf(text)
          .map((inner) => ` (${nushellAsFish(inner)})`)
          .join('')}`;
      } else {
        const value = char === '"' ? text.replaceAll(/\\(.)/gs, '$1') : text;
        out += `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
      }
      at = end + 1;
      continue;
    }
    if (char === '{') {
      if (matchAt(recordStart, at) !== null) {
        levels.push({ kind: 'record', value: false });
        out += ' ';
        at += 1;
      } else {
        at += (matchAt(closureStart, at) ?? '{').length;
        levels.push({ kind: 'block', value: false });
        out += ' (';
        begins = true;
      }
      continue;
    }
    if (char === '(') {
      levels.push({ kind: 'block', value: false });
      begins = true;
    } else if (char === '[') {
      levels.push({ kind: 'list', value: false });
      out += ' ';
      at += 1;
      continue;
    } else if (char === '}' || char === ')' || char === ']') {
      close();
      at += 1;
      continue;
    } else if (char === '=' && source[at + 1] === '>') {
      out += ' ';
      at += 2;
      continue;
    }
    out += char;
    at += 1;
  }
  while (levels.length > 1) close();
  endValue();
  return out;
}

/** Position of the quote that closes the one at `start`; the end of the text without one. */
function closing(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\' && quote === '"') at += 1;
    else if (source[at] === quote) return at;
  }
  return source.length;
}

/** The texts in the parentheses of an interpolated string. */
function substitutionsOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') {
      if (depth === 0) start = at + 1;
      depth += 1;
    } else if (text[at] === ')' && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, at));
    }
  }
  return found;
}
