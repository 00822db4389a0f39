/** A place in Nix source, as Nix spells it: a path, or `«git+file:///…»/modules/x.nix`. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** One step of a trace: `… while evaluating the option `services.x':`. */
export interface Frame {
  /** Without `… ` and the final colon. */
  text: string;
  position: Position | null;
}

/** One error that Nix or a program around it reports. */
export interface NixError {
  /** Without `error: `; lines are joined by line breaks and have lost the indentation they share. */
  message: string;
  position: Position | null;
  /** The line of the source at `position`, where the output quotes it. */
  excerpt: string | null;
  /** From the outermost to the innermost. */
  frames: readonly Frame[];
  /** Nix leaves steps of the trace out, unless it is called with --show-trace. */
  isTruncated: boolean;
}

/**
 * The errors in the output of Nix, each with its trace. Nix writes an error at the start of a line and indents
 * everything that belongs to it; the message follows the trace (Nix from 2.14, Lix) or precedes it.
 *
 * @param lines without colours: see `terminalLines`
 */
export function errorsIn(lines: readonly string[]): NixError[] {
  const errors: NixError[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (!startsError.test(line)) continue;
    let end = index + 1;
    while (end < lines.length && /^(?:\s|$)/.test(lines[end] ?? '')) end += 1;
    errors.push(readError(lines.slice(index, end)));
    index = end - 1;
  }
  return errors.length > 0 ? errors : endOfError(lines);
}

/** The error whose start is cut off, as by `tail`: the message comes last. */
function endOfError(lines: readonly string[]): NixError[] {
  const start = lines.findLastIndex((line) => nestedError.test(line));
  if (start < 0) return [];
  let [first, end] = [start, start + 1];
  while (first > 0 && /^(?:\s|$)/.test(lines[first - 1] ?? '')) first -= 1;
  while (end < lines.length && /^(?:\s|$)/.test(lines[end] ?? '')) end += 1;
  return [readError(['error:', ...lines.slice(first, end)])];
}

const startsError = /^(?:error(?: \(ignored\))?|fatal):(?: |$)/;
const nestedError = /^\s+error:(?: |$)/;
const at = /^\s*at (.+?):(\d+):(\d+)(?::|$)/;
const excerptLine = /^\s*(\d+)\| ?(.*)$|^\s*\|\s*\^+\s*$/;

function readError(lines: readonly string[]): NixError {
  const frames: { text: string[]; position: Position | null }[] = [];
  let message: string[] = [];
  let position: Position | null = null;
  let excerpt: string | null = null;
  let frame: (typeof frames)[number] | null = null;
  for (const [index, line] of lines.entries()) {
    const started = (index === 0 ? startsError : nestedError).exec(line);
    if (started !== null) {
      // A nested `error:` is the message; the text after the outer one is empty then.
      frame = null;
      message = [line.slice(started[0].length)];
      continue;
    }
    const located = at.exec(line);
    if (located !== null) {
      const [, file = '', row, column] = located;
      const found = { file, line: Number(row), column: Number(column) };
      if (frame !== null) frame.position ??= found;
      else position ??= found;
      continue;
    }
    const quoted = excerptLine.exec(line);
    if (quoted !== null && (frame?.position ?? position) !== null) {
      if (frame === null && position !== null && Number(quoted[1]) === position.line) excerpt = quoted[2] ?? '';
      continue;
    }
    const framed = /^\s*(?:…|\.\.\.) (.*)$/.exec(line);
    if (framed !== null) {
      frame = { text: [framed[1] ?? ''], position: null };
      frames.push(frame);
    } else if (/^\s*\((?:stack trace truncated|\d+ duplicate frames? omitted|use '--show-trace')/.test(line)) {
      frame = null;
    } else if (frame !== null) {
      if (frame.position === null && line.trim() !== '') frame.text.push(line.trim());
    } else message.push(line);
  }
  // Nix before 2.14 writes the message first, and then the trace from the innermost step.
  if ((lines[0] ?? '').replace(startsError, '') !== '') frames.reverse();
  const inline = / at (\/[^\s:]+):(\d+):(\d+)$/.exec(message[0] ?? '');
  if (inline !== null) position ??= { file: inline[1] ?? '', line: Number(inline[2]), column: Number(inline[3]) };
  return {
    message: dedented(message),
    position,
    excerpt,
    isTruncated: lines.some((line) => /^\s*\(stack trace truncated/.test(line)),
    frames: frames.map(({ text, position }) => ({ text: text.join(' ').replace(/:$/, ''), position })),
  };
}

/** Without blank lines at either end and the indentation of continued lines. */
function dedented([first = '', ...rest]: readonly string[]): string {
  const depths = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths, 7);
  return [first, ...rest.map((line) => line.slice(depth))].join('\n').trim();
}
