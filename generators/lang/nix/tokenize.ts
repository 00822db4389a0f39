import { TokenKind } from './token-kind.ts';

/** All tokens of a text, without gaps: token i covers `ends[i - 1]` (0 for the first) to `ends[i]`. */
export interface Tokens {
  kinds: TokenKind[];
  ends: number[];
  /** Token index and message, for errors that only the tokenizer can find. */
  problems: { token: number; message: string }[];
}

const cls = { identStart: 1, ident: 2, digit: 4, path: 8, uri: 16, scheme: 32, blank: 64 } as const;

/** For each ASCII character the classes of Nix's lexer (`src/libexpr/lexer.l`) that contain it. */
const classes = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  const add = (characters: string, bit: number) => {
    for (const character of characters) {
      const code = character.charCodeAt(0);
      table[code] = (table[code] ?? 0) | bit;
    }
  };
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const digits = '0123456789';
  add(`${letters}_`, cls.identStart);
  add(`${letters}${digits}_'-`, cls.ident);
  add(digits, cls.digit);
  add(`${letters}${digits}._-+`, cls.path);
  add(`${letters}${digits}%/?:@&=+$,-_.!~*'`, cls.uri);
  add(`${letters}${digits}+-.`, cls.scheme);
  add(' \t\r\n', cls.blank);
  return table;
})();

const keywords: ReadonlyMap<string, TokenKind> = new Map([
  ['assert', TokenKind.Assert],
  ['else', TokenKind.Else],
  ['if', TokenKind.If],
  ['in', TokenKind.In],
  ['inherit', TokenKind.Inherit],
  ['let', TokenKind.Let],
  ['or', TokenKind.Or],
  ['rec', TokenKind.Rec],
  ['then', TokenKind.Then],
  ['with', TokenKind.With],
]);

const inBraces = 0;
const inString = 1;
const inIndented = 2;
const inPath = 3;

const quote = 34;
const dollar = 36;
const apostrophe = 39;
const slash = 47;
const backslash = 92;
const braceOpen = 123;

/**
 * Splits Nix source text into tokens as Nix's lexer does, with trivia. Never throws: the tokens cover every text,
 * valid or not.
 */
export function tokenize(text: string): Tokens {
  const length = text.length;
  const kinds: TokenKind[] = [];
  const ends: number[] = [];
  const problems: Tokens['problems'] = [];
  const modes: number[] = [];
  let at = 0;

  const is = (position: number, bit: number): boolean => {
    const code = text.charCodeAt(position);
    return ((classes[code] ?? 0) & bit) !== 0;
  };
  const push = (kind: TokenKind, end: number): undefined => {
    kinds.push(kind);
    ends.push(end);
    at = end;
  };
  const problem = (message: string): undefined => {
    problems.push({ token: kinds.length - 1, message });
  };

  /** The end of `{PATH}` that begins here, or -1. */
  const pathEnd = (from: number): number => {
    let end = from;
    while (is(end, cls.path)) end += 1;
    let found = -1;
    while (text.charCodeAt(end) === slash && is(end + 1, cls.path)) {
      end += 2;
      while (is(end, cls.path)) end += 1;
      found = end;
    }
    if (found === -1) return -1;
    return text.charCodeAt(found) === slash ? found + 1 : found;
  };

  /** The end of the next piece of a path that has begun: `{PATH}|{PATH_SEG}|{PATH_CHAR}+`, or -1. */
  const pathPieceEnd = (from: number): number => {
    const whole = pathEnd(from);
    if (whole !== -1) return whole;
    let end = from;
    while (is(end, cls.path)) end += 1;
    if (text.charCodeAt(end) === slash) return end + 1;
    return end > from ? end : -1;
  };

  const opensInterpolation = (position: number): boolean =>
    text.charCodeAt(position) === dollar && text.charCodeAt(position + 1) === braceOpen;

  /** From the end of a path's first piece: a plain path becomes one token, one with `${` a run of them. */
  const path = (firstEnd: number): undefined => {
    let end = firstEnd;
    for (let next = pathPieceEnd(end); next !== -1; next = pathPieceEnd(end)) end = next;
    if (opensInterpolation(end)) {
      push(TokenKind.PathText, end);
      modes.push(inPath);
      return;
    }
    push(TokenKind.Path, end);
    if (text.charCodeAt(end - 1) === slash) problem('a path must not end in a slash');
  };

  /** The end of a run of path (URI scheme) characters that is no path (URI), so that it is not searched twice. */
  let noPathBefore = 0;
  let noUriBefore = 0;

  /** A path, if one begins here. */
  const tryPath = (): boolean => {
    if (at < noPathBefore) return false;
    let run = at;
    while (is(run, cls.path)) run += 1;
    if (text.charCodeAt(run) === slash) {
      const end = pathEnd(at);
      if (end !== -1 || opensInterpolation(run + 1)) {
        path(end === -1 ? run + 1 : end);
        return true;
      }
    }
    noPathBefore = run;
    return false;
  };

  const digitsEnd = (from: number): number => {
    let end = from;
    while (is(end, cls.digit)) end += 1;
    return end;
  };

  /** The end of a float that begins here, or -1. */
  const floatEnd = (from: number): number => {
    const whole = digitsEnd(from);
    if (text.charCodeAt(whole) !== 46) return -1;
    const fraction = digitsEnd(whole + 1);
    const first = text.charCodeAt(from);
    const leading = whole > from && first !== 48;
    const zero = whole === from || (whole === from + 1 && first === 48);
    if (!leading && !(zero && fraction > whole + 1)) return -1;
    const exponent = text.charCodeAt(fraction) | 32;
    if (exponent !== 101) return fraction;
    const sign = text.charCodeAt(fraction + 1);
    const digits = sign === 43 || sign === 45 ? fraction + 2 : fraction + 1;
    const end = digitsEnd(digits);
    return end > digits ? end : fraction;
  };

  const word = (): void => {
    let end = at + 1;
    while (is(end, cls.ident)) end += 1;
    // Only these can make it a path or a URI, which are longer and therefore win.
    const next = text.charCodeAt(end);
    if ((next === slash || next === 46 || next === 43) && tryPath()) return;
    if ((next === 58 || next === 46 || next === 43) && at >= noUriBefore) {
      let colon = at;
      while (is(colon, cls.scheme)) colon += 1;
      if (text.charCodeAt(colon) === 58 && is(colon + 1, cls.uri)) {
        let uri = colon + 2;
        while (is(uri, cls.uri)) uri += 1;
        push(TokenKind.Uri, uri);
        return;
      }
      noUriBefore = colon;
    }
    const size = end - at;
    const keyword = size >= 2 && size <= 7 ? keywords.get(text.slice(at, end)) : undefined;
    push(keyword ?? TokenKind.Identifier, end);
  };

  const string = (): void => {
    let end = at;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === quote || end >= length) break;
      if (code === backslash) {
        end += 2;
      } else if (code === dollar) {
        const next = text.charCodeAt(end + 1);
        if (next === braceOpen) break;
        if (next === quote || end + 1 >= length) end += 1;
        else end += next === backslash ? 3 : 2;
      } else {
        end += 1;
      }
    }
    if (end > length) end = length;
    if (end > at) push(TokenKind.StringText, end);
    if (end >= length) return;
    if (text.charCodeAt(end) === quote) {
      push(TokenKind.StringClose, end + 1);
      modes.pop();
    } else {
      push(TokenKind.InterpolationOpen, end + 2);
      modes.push(inBraces);
    }
  };

  const indented = (): void => {
    let end = at;
    let closes = false;
    while (end < length) {
      const code = text.charCodeAt(end);
      if (code === dollar) {
        const next = text.charCodeAt(end + 1);
        if (next === braceOpen) break;
        end += next === apostrophe || end + 1 >= length ? 1 : 2;
      } else if (code === apostrophe) {
        const next = text.charCodeAt(end + 1);
        if (next === apostrophe) {
          const third = text.charCodeAt(end + 2);
          if (third === apostrophe || third === dollar) end += 3;
          else if (third === backslash && end + 3 < length) end += 4;
          else {
            closes = true;
            break;
          }
        } else {
          end += next === dollar || end + 1 >= length ? 1 : 2;
        }
      } else {
        end += 1;
      }
    }
    if (end > length) end = length;
    if (end > at) push(TokenKind.IndentedText, end);
    if (end >= length) return;
    if (closes) {
      push(TokenKind.IndentedClose, end + 2);
      modes.pop();
    } else {
      push(TokenKind.InterpolationOpen, end + 2);
      modes.push(inBraces);
    }
  };

  const pathGoesOn = (): void => {
    if (opensInterpolation(at)) {
      push(TokenKind.InterpolationOpen, at + 2);
      modes.push(inBraces);
      return;
    }
    const start = at;
    let end = at;
    for (let next = pathPieceEnd(end); next !== -1; next = pathPieceEnd(end)) end = next;
    if (end > start) push(TokenKind.PathText, end);
    if (opensInterpolation(end)) return;
    modes.pop();
    push(TokenKind.PathEnd, end);
    if (end > start && text.charCodeAt(end - 1) === slash) problem('a path must not end in a slash');
  };

  const symbol = (code: number): undefined => {
    const next = text.charCodeAt(at + 1);
    switch (code) {
      case 123:
        modes.push(inBraces);
        return push(TokenKind.BraceOpen, at + 1);
      case 125:
        modes.pop();
        return push(TokenKind.BraceClose, at + 1);
      case 91:
        return push(TokenKind.BracketOpen, at + 1);
      case 93:
        return push(TokenKind.BracketClose, at + 1);
      case 40:
        return push(TokenKind.ParenOpen, at + 1);
      case 41:
        return push(TokenKind.ParenClose, at + 1);
      case 59:
        return push(TokenKind.Semicolon, at + 1);
      case 58:
        return push(TokenKind.Colon, at + 1);
      case 44:
        return push(TokenKind.Comma, at + 1);
      case 64:
        return push(TokenKind.At, at + 1);
      case 63:
        return push(TokenKind.Question, at + 1);
      case 61:
        return next === 61 ? push(TokenKind.Equal, at + 2) : push(TokenKind.Assign, at + 1);
      case 33:
        return next === 61 ? push(TokenKind.NotEqual, at + 2) : push(TokenKind.Not, at + 1);
      case 42:
        return push(TokenKind.Times, at + 1);
      case 62:
        return next === 61 ? push(TokenKind.GreaterEqual, at + 2) : push(TokenKind.Greater, at + 1);
      case 38:
        return next === 38 ? push(TokenKind.AndAnd, at + 2) : push(TokenKind.Unknown, at + 1);
      case 124:
        if (next === 124) return push(TokenKind.OrOr, at + 2);
        return next === 62 ? push(TokenKind.PipeInto, at + 2) : push(TokenKind.Unknown, at + 1);
      case 60: {
        let end = at + 1;
        while (is(end, cls.path)) end += 1;
        if (end > at + 1) {
          while (text.charCodeAt(end) === slash && is(end + 1, cls.path)) {
            end += 2;
            while (is(end, cls.path)) end += 1;
          }
          if (text.charCodeAt(end) === 62) return push(TokenKind.SearchPath, end + 1);
        }
        if (next === 61) return push(TokenKind.LessEqual, at + 2);
        return next === 124 ? push(TokenKind.PipeFrom, at + 2) : push(TokenKind.Less, at + 1);
      }
      case 45:
        if (tryPath()) return;
        return next === 62 ? push(TokenKind.Implies, at + 2) : push(TokenKind.Minus, at + 1);
      case 43:
        if (tryPath()) return;
        return next === 43 ? push(TokenKind.Concat, at + 2) : push(TokenKind.Plus, at + 1);
      case 46: {
        if (tryPath()) return;
        if (next === 46 && text.charCodeAt(at + 2) === 46) return push(TokenKind.Ellipsis, at + 3);
        const end = floatEnd(at);
        return end === -1 ? push(TokenKind.Dot, at + 1) : push(TokenKind.Float, end);
      }
      case slash: {
        if (next === slash) return push(TokenKind.Update, at + 2);
        if (next === 42) {
          const close = text.indexOf('*/', at + 2);
          if (close !== -1) return push(TokenKind.BlockComment, close + 2);
          push(TokenKind.BlockComment, length);
          return problem('a comment that is never closed');
        }
        if (tryPath()) return;
        return push(TokenKind.Divide, at + 1);
      }
      case 126: {
        if (next === slash && opensInterpolation(at + 2)) return path(at + 2);
        const end = next === slash && is(at + 2, cls.path) ? pathEnd(at + 1) : -1;
        return end === -1 ? push(TokenKind.Unknown, at + 1) : path(end);
      }
      case dollar:
        if (next !== braceOpen) return push(TokenKind.Unknown, at + 1);
        modes.push(inBraces);
        return push(TokenKind.InterpolationOpen, at + 2);
      case quote:
        modes.push(inString);
        return push(TokenKind.StringOpen, at + 1);
      case apostrophe: {
        if (next !== apostrophe) return push(TokenKind.Unknown, at + 1);
        modes.push(inIndented);
        // Blanks and the line break after the opening quotes are not part of the string.
        let end = at + 2;
        while (text.charCodeAt(end) === 32) end += 1;
        return push(TokenKind.IndentedOpen, text.charCodeAt(end) === 10 ? end + 1 : at + 2);
      }
      default:
        return push(TokenKind.Unknown, at + 1);
    }
  };

  for (;;) {
    const mode = modes.length === 0 ? inBraces : modes[modes.length - 1];
    if (mode === inPath) {
      pathGoesOn();
      continue;
    }
    if (at >= length) break;
    if (mode === inString) {
      string();
      continue;
    }
    if (mode === inIndented) {
      indented();
      continue;
    }
    const code = text.charCodeAt(at);
    const bits = classes[code] ?? 0;
    if ((bits & cls.blank) !== 0) {
      let end = at + 1;
      while (is(end, cls.blank)) end += 1;
      push(TokenKind.Whitespace, end);
    } else if ((bits & cls.identStart) !== 0) {
      word();
    } else if (code === 35) {
      let end = at + 1;
      for (let next = text.charCodeAt(end); end < length && next !== 10 && next !== 13; next = text.charCodeAt(end)) {
        end += 1;
      }
      push(TokenKind.LineComment, end);
    } else if ((bits & cls.digit) !== 0) {
      if (!tryPath()) {
        const end = floatEnd(at);
        if (end !== -1) push(TokenKind.Float, end);
        else push(TokenKind.Integer, digitsEnd(at));
      }
    } else {
      symbol(code);
    }
  }
  return { kinds, ends, problems };
}
