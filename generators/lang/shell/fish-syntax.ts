import { type FishWord, readFishWord } from './fish-words.ts';
import type { Pipeline, Redirection } from './line.ts';

export interface FishCommand {
  type: 'command';
  words: FishWord[];
  assignments: { name: string; word: FishWord }[];
  redirections: Redirection[];
  redirectionWords: FishWord[];
}

/** `begin`, `if`, `for`, …: its lists run one after the other; of its words only the substitutions run. */
export interface FishBlock {
  type: 'block';
  lists: FishJob[][];
  words: FishWord[];
  redirections: Redirection[];
  redirectionWords: FishWord[];
  /** For `function NAME … end`. */
  defines: string | null | undefined;
}

export interface FishJob {
  stages: (FishCommand | FishBlock)[];
  connector: Pipeline['connector'];
  background: boolean;
  timed: boolean;
  negated: boolean;
}

export interface FishScript {
  jobs: FishJob[];
  problems: string[];
}

interface RedirectToken {
  type: 'redirect';
  operator: string;
  descriptor: number | null;
}

type Token = { type: 'word'; word: FishWord } | { type: 'pipe' | 'separator' | '&' | '&&' | '||' } | RedirectToken;

/** Parses fish. Never throws: errors of the syntax are returned as `problems`. */
export function parseFish(source: string): FishScript {
  const problems: string[] = [];
  const tokens = tokenize(source, problems);
  let at = 0;
  let depth = 0;

  const keyword = (): string | null => {
    const token = tokens[at];
    return token?.type === 'word' && !token.word.word.quoted ? token.word.word.raw : null;
  };
  const problem = (text: string): void => {
    if (problems.length < 3) problems.push(text);
  };

  function list(until: readonly string[]): FishJob[] {
    const jobs: FishJob[] = [];
    let connector: Pipeline['connector'] = null;
    for (;;) {
      const token = tokens[at];
      if (token === undefined) return jobs;
      if (token.type === 'separator') {
        at += 1;
        continue;
      }
      const word = keyword();
      if (word !== null && until.includes(word)) return jobs;
      if (word === 'end' || word === 'else' || word === 'case') {
        problem(`'${word}' outside of a block`);
        at += 1;
        continue;
      }
      const before = at;
      const parsed = job(connector);
      if (parsed !== null) jobs.push(parsed);
      const next = tokens[at];
      if (next?.type === '&&' || next?.type === '||') {
        connector = next.type;
        at += 1;
      } else if (next?.type === '&') {
        if (parsed !== null) parsed.background = true;
        connector = '&';
        at += 1;
      } else connector = jobs.length > 0 ? ';' : null;
      if (at === before) {
        problem('unexpected operator');
        at += 1;
      }
    }
  }

  function job(before: Pipeline['connector']): FishJob | null {
    let connector = before;
    let timed = false;
    let negated = false;
    for (let word = keyword(); word !== null; word = keyword()) {
      if (word === 'and' || word === 'or') connector = word === 'and' ? '&&' : '||';
      else if (word === 'time') timed = true;
      else if (word !== 'not' && word !== '!') break;
      if (tokens[at + 1]?.type !== 'word') break;
      if (word === 'not' || word === '!') negated = !negated;
      at += 1;
    }
    const stages: FishJob['stages'] = [];
    for (;;) {
      const one = stage();
      if (one === null) {
        if (stages.length > 0) problem('nothing behind `|`');
        break;
      }
      stages.push(one);
      if (tokens[at]?.type !== 'pipe') break;
      at += 1;
      while (tokens[at]?.type === 'separator') at += 1;
    }
    return stages.length === 0 ? null : { stages, connector, background: false, timed, negated };
  }

  function stage(): FishCommand | FishBlock | null {
    const word = keyword();
    if (word === null || !blockWords.has(word)) return command();
    if (depth > 60) {
      problem('nested too deep');
      return command();
    }
    depth += 1;
    at += 1;
    const found = block(word);
    depth -= 1;
    return found;
  }

  function block(kind: string): FishBlock {
    const found: FishBlock = {
      type: 'block',
      lists: [],
      words: [],
      redirections: [],
      redirectionWords: [],
      defines: undefined,
    };
    const close = kind === '{' ? '}' : 'end';
    const condition = (): void => {
      const parsed = job(null);
      if (parsed !== null) found.lists.push([parsed]);
      for (let next = tokens[at]; next?.type === '&&' || next?.type === '||'; next = tokens[at]) {
        at += 1;
        const more = job(next.type);
        if (more === null) break;
        found.lists.push([more]);
      }
    };
    const ownWords = (): void => {
      for (let token = tokens[at]; token?.type === 'word'; token = tokens[at]) {
        found.words.push(token.word);
        at += 1;
      }
    };
    if (kind === 'if' || kind === 'while') condition();
    else if (kind !== 'begin' && kind !== '{') ownWords();
    if (kind === 'function') found.defines = found.words[0]?.word.text ?? null;
    for (;;) {
      found.lists.push(list([close, ...(kind === 'if' ? ['else'] : []), ...(kind === 'switch' ? ['case'] : [])]));
      const word = keyword();
      if (word === null) {
        problem(`missing '${close}'`);
        return found;
      }
      at += 1;
      if (word === 'else') {
        if (keyword() === 'if') {
          at += 1;
          condition();
        }
      } else if (word === 'case') ownWords();
      else break;
    }
    for (let token = tokens[at]; token?.type === 'redirect'; token = tokens[at]) redirect(found, token);
    return found;
  }

  function redirect(owner: FishCommand | FishBlock, token: RedirectToken): void {
    at += 1;
    const target = tokens[at];
    if (target?.type === 'word') {
      at += 1;
      owner.redirectionWords.push(target.word);
    } else problem('nothing behind a redirection');
    owner.redirections.push({
      operator: token.operator,
      descriptor: token.descriptor,
      target: target?.type === 'word' ? target.word.word : null,
    });
  }

  function command(): FishCommand | null {
    const found: FishCommand = { type: 'command', words: [], assignments: [], redirections: [], redirectionWords: [] };
    for (let token = tokens[at]; token !== undefined; token = tokens[at]) {
      if (token.type === 'redirect') redirect(found, token);
      else if (token.type === 'word') {
        const name = found.words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(token.word.word.raw)?.[1] : undefined;
        if (name !== undefined) found.assignments.push({ name, word: token.word });
        else if (token.word.word.raw === '}' && depth > 0) break;
        else found.words.push(token.word);
        at += 1;
      } else break;
    }
    return found.words.length + found.assignments.length + found.redirections.length === 0 ? null : found;
  }

  const jobs: FishJob[] = [];
  while (at < tokens.length) {
    jobs.push(...list([]));
    at += 1;
  }
  return { jobs, problems };
}

const blockWords = new Set(['begin', 'if', 'while', 'for', 'switch', 'function', '{']);

function tokenize(source: string, problems: string[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === ' ' || char === '\t' || char === '\r') at += 1;
    else if (char === '\\' && source[at + 1] === '\n') at += 2;
    else if (char === '\n' || char === ';') {
      tokens.push({ type: 'separator' });
      at += 1;
    } else if (char === '#') {
      while (at < source.length && source[at] !== '\n') at += 1;
    } else {
      const rest = source.slice(at, at + 16);
      const redirect = /^(\d*)(>\||&>>\??|&>\??|>>\??|>&|>\??|<&|<\?|<)|^(&\|)/.exec(rest);
      if (redirect !== null) {
        at += redirect[0].length;
        if (redirect[3] !== undefined || redirect[2] === '>|') tokens.push({ type: 'pipe' });
        else {
          const descriptor = redirect[1] === '' || redirect[1] === undefined ? null : Number(redirect[1]);
          tokens.push({ type: 'redirect', operator: (redirect[2] ?? '').replace('?', ''), descriptor });
        }
      } else if (rest.startsWith('&&') || rest.startsWith('||')) {
        tokens.push({ type: rest.startsWith('&&') ? '&&' : '||' });
        at += 2;
      } else if (char === '|') {
        tokens.push({ type: 'pipe' });
        at += 1;
      } else if (char === '&') {
        tokens.push({ type: '&' });
        at += 1;
      } else {
        if (char === ')') problems.push("unexpected ')'");
        const word = readFishWord(source, at);
        if (word.broken && problems.length < 3) problems.push('a quote or parenthesis is not closed');
        tokens.push({ type: 'word', word });
        at = word.end;
      }
    }
  }
  return tokens;
}
