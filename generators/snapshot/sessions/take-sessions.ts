import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TranscriptAgent } from '../../data/agent-tools.ts';
import type { AgentSessions } from '../../evidence/agent-sessions.ts';
import { byText } from '../../order.ts';
import { readLines } from '../shell/read-lines.ts';
import type { LineReader } from './event.ts';
import { readClaudeLine } from './read-claude.ts';
import { readCodexLine } from './read-codex.ts';
import { readGeminiLine } from './read-gemini.ts';
import { readPiLine } from './read-pi.ts';
import { type AllowedNames, createTally, type SessionsTally } from './tally.ts';

/** Longer lines hold pictures or files. */
const maxLine = 32 * 1024 * 1024;

interface Source {
  agent: TranscriptAgent;
  folder: string;
  matches: RegExp;
  read: LineReader;
}

/** Where each agent writes its transcripts. */
export function transcriptSources(home: string, environment: NodeJS.ProcessEnv): Source[] {
  const claude = environment.CLAUDE_CONFIG_DIR || path.join(home, '.claude');
  const codex = environment.CODEX_HOME || path.join(home, '.codex');
  return [
    { agent: 'claude-code', folder: path.join(claude, 'projects'), matches: /\.jsonl$/, read: readClaudeLine },
    { agent: 'codex', folder: path.join(codex, 'sessions'), matches: /\/rollout-[^/]*\.jsonl$/, read: readCodexLine },
    {
      agent: 'gemini-cli',
      folder: path.join(home, '.gemini/tmp'),
      matches: /\/chats\/[^/]*\.jsonl$/,
      read: readGeminiLine,
    },
    { agent: 'pi-coding-agent', folder: path.join(home, '.pi/agent/sessions'), matches: /\.jsonl$/, read: readPiLine },
  ];
}

/**
 * Reads the transcripts of all agents and reduces them to counts and allowed names.
 *
 * @returns null if there is no transcript
 */
export function takeSessions(sources: readonly Source[], allowed: AllowedNames, takenOn: string): AgentSessions | null {
  const tally = createTally(allowed);
  let files = 0;
  for (const source of sources) {
    for (const file of transcripts(source)) {
      files += 1;
      readTranscript(file, source, tally);
    }
  }
  return files === 0 ? null : { schemaVersion: 1, takenOn, ...tally.result() };
}

function readTranscript(file: string, { agent, read }: Source, tally: SessionsTally): void {
  const { row, add, end } = tally.startFile(agent, file.includes('/subagents/'));
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
  end();
}

/** The transcripts of an agent in the order of their paths; links are not followed. */
function transcripts({ folder, matches }: Source): string[] {
  const found: string[] = [];
  const visit = (current: string, depth: number): void => {
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(current);
    } catch {
      return; // the agent was never used
    }
    for (const entry of entries) {
      const name = path.join(current, entry.name);
      if (entry.isFile() && matches.test(name)) found.push(name);
      else if (entry.isDirectory() && depth < 6) visit(name, depth + 1);
    }
  };
  visit(folder, 0);
  return found.sort(byText);
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
