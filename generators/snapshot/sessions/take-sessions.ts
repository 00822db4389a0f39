import { readFileSync } from 'node:fs';
import type { AgentSessions } from '../../evidence/agent-sessions.ts';
import { itemsAt } from '../../json-value.ts';
import { readLines } from '../shell/read-lines.ts';
import type { LineReader } from './event.ts';
import { type AllowedNames, createTally, type TranscriptTally } from './tally.ts';
import { type TranscriptSource, transcriptFiles } from './transcript-files.ts';

/** Longer lines hold pictures or files. */
const maxLine = 32 * 1024 * 1024;

type Start = (isSubagent: boolean) => TranscriptTally;

/** Counts the transcripts in a file. */
type FileReader = (file: string, start: Start) => void | Promise<void>;

/** Agent -> its reader, which is loaded only if there is a transcript. */
const readers: Readonly<Record<string, () => Promise<FileReader>>> = {
  'claude-code': async () => linesReader((await import('./read-claude.ts')).readClaudeLine),
  cline: clineReader,
  codex: async () => linesReader((await import('./read-codex.ts')).readCodexLine),
  droid: droidReader,
  'gemini-cli': async () => linesReader((await import('./read-gemini.ts')).readGeminiLine),
  'github-copilot-cli': async () => linesReader((await import('./read-copilot.ts')).readCopilotLine),
  'kilocode-cli': opencodeReader,
  opencode: opencodeReader,
  'pi-coding-agent': async () => linesReader((await import('./read-pi.ts')).readPiLine),
  'qwen-code': async () => linesReader((await import('./read-qwen.ts')).readQwenLine),
};

/**
 * Reads the transcripts of all agents and reduces them to counts and allowed names.
 *
 * @returns null if there is no transcript
 */
export async function takeSessions(
  sources: readonly TranscriptSource[],
  allowed: AllowedNames,
  takenOn: string,
): Promise<AgentSessions | null> {
  const tally = createTally(allowed);
  let count = 0;
  for (const source of sources) {
    const files = transcriptFiles(source);
    if (files.length === 0) continue;
    count += files.length;
    const read = await readers[source.agent]?.();
    if (read === undefined) throw new Error(`${source.agent} has no reader of transcripts`);
    for (const file of files) await read(file, (isSubagent) => tally.startFile(source.agent, isSubagent));
  }
  return count === 0 ? null : { schemaVersion: 1, takenOn, ...tally.result() };
}

function linesReader(read: LineReader): FileReader {
  return (file, start) => {
    const transcript = start(file.includes('/subagents/'));
    readTranscript(file, read, transcript);
    transcript.end();
  };
}

function readTranscript(file: string, read: LineReader, { row, add }: TranscriptTally): void {
  try {
    readLines(
      file,
      'utf8',
      (text, _, tooLong) => {
        if (text === '' && !tooLong) return;
        row.lines += 1;
        let line: ReturnType<LineReader>;
        try {
          line = read(JSON.parse(text));
        } catch {
          row.damaged += 1;
          return;
        }
        if (line === null) row.unknown += 1;
        else add(line);
      },
      maxLine,
    );
  } catch {
    row.unreadable += 1; // the reason may hold a path
  }
}

/** Droid has the tokens of a session in a file beside it. */
async function droidReader(): Promise<FileReader> {
  const { readDroidLine, readDroidSettings } = await import('./read-droid.ts');
  return (file, start) => {
    const transcript = start(false);
    readTranscript(file, readDroidLine, transcript);
    try {
      const tokens = readDroidSettings(JSON.parse(readFileSync(file.replace(/\.jsonl$/, '.settings.json'), 'utf8')));
      if (tokens !== null) transcript.add(tokens);
    } catch {
      // Tokens were not recorded.
    }
    transcript.end();
  };
}

/** Cline writes a session as one document: its messages count as lines. */
async function clineReader(): Promise<FileReader> {
  const { readClineMessage } = await import('./read-cline.ts');
  return (file, start) => {
    const { row, add, end } = start(false);
    let messages: unknown[] = [];
    try {
      messages = itemsAt(JSON.parse(readFileSync(file, 'utf8')), 'messages');
    } catch {
      row.unreadable += 1;
    }
    for (const message of messages) {
      row.lines += 1;
      const line = readClineMessage(message);
      if (line === null) row.unknown += 1;
      else add(line);
    }
    end();
  };
}

/** opencode and Kilo have all sessions in one database: the parts of messages count as lines. */
async function opencodeReader(): Promise<FileReader> {
  const { readParts, readOpencodePart } = await import('./read-opencode.ts');
  return async (file, start) => {
    let current: { session: string | null; transcript: TranscriptTally } | undefined;
    const transcriptOf = (session: string | null, isSubagent: boolean): TranscriptTally => {
      if (current?.session !== session) {
        current?.transcript.end();
        current = { session, transcript: start(isSubagent) };
      }
      return current.transcript;
    };
    try {
      await readParts(file, (session, isSubagent, text) => {
        const { row, add } = transcriptOf(session, isSubagent);
        row.lines += 1;
        const line = text === '' ? undefined : readOpencodePart(JSON.parse(text));
        if (line === undefined) row.damaged += 1;
        else if (line === null) row.unknown += 1;
        else add(line);
      });
    } catch {
      transcriptOf(null, false).row.unreadable += 1;
    }
    current?.transcript.end();
  };
}
