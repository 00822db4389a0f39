/**
 * A line of plain and quoted words, pipes, lists and output redirections, as offsets into it: no
 * object is made for it, so that a million of them cost little. One scan is valid until the next.
 */
export interface PlainScan {
  /** Number of commands. */
  count: number;
  /** By command: how it is joined to the one before. */
  joints: Uint8Array;
  /** By command: index of its first word; one more entry ends the last. */
  firstWord: Int32Array;
  /** Number of output redirections. */
  redirections: number;
  /** Five numbers each: command, start with its descriptor, start of the operator, start and end of the target. */
  redirection: Int32Array;
  /** By word. */
  starts: Int32Array;
  ends: Int32Array;
}

export const joints = { start: 0, pipe: 1, list: 2 } as const;

const maxWords = 256;
const maxCommands = 32;
const maxRedirections = 16;

const scan: PlainScan = {
  count: 0,
  joints: new Uint8Array(maxCommands + 1),
  redirections: 0,
  redirection: new Int32Array(5 * maxRedirections),
  firstWord: new Int32Array(maxCommands + 2),
  starts: new Int32Array(maxWords + 1),
  ends: new Int32Array(maxWords + 1),
};

const other = 0;
const plain = 1;
const blank = 2;
const single = 3;
const double = 4;
const semicolon = 5;
const pipe = 6;
const ampersand = 7;
const greater = 8;
const classes = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,^=-') {
  classes[char.charCodeAt(0)] = plain;
}
classes[32] = blank;
classes[9] = blank;
classes[39] = single;
classes[34] = double;
classes[59] = semicolon;
classes[124] = pipe;
classes[38] = ampersand;
classes[62] = greater;
/** What means something inside double quotes, in one shell or another. */
const special = new Uint8Array(128);
for (const char of '$`\\!\n') special[char.charCodeAt(0)] = 1;

/** Scans a line; null where it holds anything that the shells might read differently. */
export function scanPlain(text: string): PlainScan | null {
  const { length } = text;
  let words = 0;
  let commands = 0;
  let at = 0;
  scan.joints[0] = joints.start;
  scan.redirections = 0;
  for (;;) {
    if (commands >= maxCommands) return null;
    scan.firstWord[commands] = words;
    let stop = other;
    while (at < length) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? (classes[code] as number) : other;
      if (kind === blank) {
        at += 1;
        continue;
      }
      if (kind === plain || kind === single || kind === double) {
        if (words >= maxWords) return null;
        const end = endOfWord(text, at);
        if (end < 0) return null;
        // `2>`: a number alone in front of the sign is its descriptor; `x2>` the shells read differently.
        if (end < length && text.charCodeAt(end) === 62 && isDigit(text.charCodeAt(end - 1))) {
          if (end !== at + 1) return null;
        } else {
          scan.starts[words] = at;
          scan.ends[words] = end;
          words += 1;
          at = end;
          continue;
        }
      }
      if (kind === greater || kind === plain) {
        const next = addRedirection(text, at, commands);
        if (next < 0) return null;
        at = next;
        continue;
      }
      stop = kind;
      break;
    }
    if (words === scan.firstWord[commands]) return null; // no command here
    commands += 1;
    if (stop === other) {
      if (at < length) return null;
      break;
    }
    if (stop === semicolon) {
      at += 1;
      while (at < length && text.charCodeAt(at) === 32) at += 1;
      if (at >= length) break;
      if (text.charCodeAt(at) === 59) return null;
      scan.joints[commands] = joints.list;
    } else {
      const doubled = text.charCodeAt(at + 1) === text.charCodeAt(at);
      if (stop === ampersand && !doubled) return null;
      scan.joints[commands] = doubled ? joints.list : joints.pipe;
      at += doubled ? 2 : 1;
      const next = text.charCodeAt(at);
      if (next === 38 || next === 124) return null;
    }
  }
  scan.count = commands;
  scan.firstWord[commands] = words;
  return scan;
}

/** The value of the word from `start` to `end`, quotes removed. */
export function wordText(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  return raw.includes('"') || raw.includes("'") ? raw.replace(/"([^"]*)"|'([^']*)'/g, '$1$2') : raw;
}

/** Notes `2> file`, `>> file`, `2>&1`; returns the position behind it, -1 for every other form. */
function addRedirection(text: string, start: number, command: number): number {
  if (scan.redirections >= maxRedirections) return -1;
  const operator = text.charCodeAt(start) === 62 ? start : start + 1;
  let at = operator + 1;
  const after = text.charCodeAt(at);
  if (after === 38) {
    if (!isDigit(text.charCodeAt(at + 1))) return -1;
    at += 1;
  } else if (after === 62) at += 1;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
  const end = endOfWord(text, at);
  if (end <= at || (text.charCodeAt(end) === 62 && isDigit(text.charCodeAt(end - 1)))) return -1;
  scan.redirection.set([command, start, operator, at, end], 5 * scan.redirections);
  scan.redirections += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (classes[code] as number) : other;
    if (kind === plain) continue;
    if (kind === single) {
      const close = text.indexOf("'", at + 1);
      if (close < 0 || /[\\\n]/.test(text.slice(at, close))) return -1;
      at = close;
    } else if (kind === double) {
      at += 1;
      for (; at < text.length; at++) {
        const inside = text.charCodeAt(at);
        if (inside === 34) break;
        if (inside < 128 && special[inside] === 1) return -1;
      }
      if (at >= text.length) return -1;
    } else if (kind === blank || kind === semicolon || kind === pipe || kind === ampersand || kind === greater)
      return at;
    else return -1;
  }
  return at;
}
