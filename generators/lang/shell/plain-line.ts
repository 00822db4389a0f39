import { type AddNested, addCommand, emptyLine, type ScriptShell, topContext } from './collector.ts';
import type { Pipeline, Redirection, ShellLine, Word } from './line.ts';
import { joints, type PlainScan, scanPlain, wordText } from './plain-scan.ts';

/** Words that begin something else than a command, in one shell or another. */
export const keywords: ReadonlySet<string> = new Set(
  `if then else elif fi for while until do done case esac in function select begin end switch and or not time coproc export
  declare typeset local readonly repeat foreach always - null mut const catch out err o+e e+o out+err err+out`.split(
    /\s+/,
  ),
);

/**
 * Reads a line of which every shell makes the same, without a parser: plain and quoted words, pipelines,
 * lists, output redirections. Most of what people type is such a line. Null for every other.
 */
export function parsePlainLine(source: string, language: ScriptShell, nested: AddNested): ShellLine | null {
  const scan = scanPlain(source);
  if (scan === null) return null;
  // The scan is overwritten by the next one, which a script inside this line would make.
  const commands: { words: Word[]; redirections: Redirection[]; connector: Pipeline['connector']; piped: boolean }[] =
    [];
  for (let index = 0; index < scan.count; index++) {
    const words = wordsOf(source, scan, index);
    const raw = words[0]?.raw ?? '';
    if (keywords.has(raw) || raw.includes('=') || raw.startsWith('%')) return null;
    const joint = scan.joints[index];
    commands.push({
      words,
      redirections: [],
      connector:
        joint === joints.list ? connectorBefore(source, scan.starts[scan.firstWord[index] as number] as number) : null,
      piped: joint === joints.pipe,
    });
  }
  for (let index = 0; index < scan.redirections; index++) {
    const [command, start, operator, from, to] = scan.redirection.subarray(
      5 * index,
      5 * index + 5,
    ) as unknown as number[];
    // A redirection in front of the command is read otherwise.
    if ((scan.starts[scan.firstWord[command as number] as number] as number) > (start as number)) return null;
    commands[command as number]?.redirections.push({
      operator: source.slice(operator, from).trimEnd(),
      descriptor: start === operator ? null : Number(source[start as number]),
      target: wordAt(source, from as number, to as number),
    });
  }
  const out = emptyLine();
  const context = { ...topContext, language };
  for (let first = 0; first < commands.length; ) {
    let end = first + 1;
    while (commands[end]?.piped) end += 1;
    const id = out.pipelines.length;
    const stages: number[] = [];
    const { connector } = commands[first] as (typeof commands)[number];
    out.pipelines.push({ stages, connector, place: 'line', background: false, negated: false, nested: false });
    for (const [stage, { words, redirections }] of commands.slice(first, end).entries()) {
      out.redirections.push(...redirections);
      const command = { words, assignments: [], redirections, pipeline: id, stage, stages: end - first };
      stages.push(addCommand(out, command, context, nested));
    }
    first = end;
  }
  return out;
}

function wordsOf(source: string, scan: PlainScan, command: number): Word[] {
  const words: Word[] = [];
  const end = scan.firstWord[command + 1] as number;
  for (let word = scan.firstWord[command] as number; word < end; word++) {
    words.push(wordAt(source, scan.starts[word] as number, scan.ends[word] as number));
  }
  return words;
}

function wordAt(source: string, start: number, end: number): Word {
  const raw = source.slice(start, end);
  const text = wordText(source, start, end);
  return { text, raw, quoted: text !== raw, pattern: false };
}

function connectorBefore(source: string, start: number): Pipeline['connector'] {
  let at = start - 1;
  while (source[at] === ' ' || source[at] === '\t') at -= 1;
  return source[at] === ';' ? ';' : source[at] === '&' ? '&&' : '||';
}
