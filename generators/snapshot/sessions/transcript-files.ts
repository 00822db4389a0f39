import { readdirSync } from 'node:fs';
import path from 'node:path';
import { agents } from '../../agents/agents.ts';
import { byText } from '../../order.ts';

/** Folders deeper than this below a pattern's `**` are not looked at. */
const maxDepth = 6;

/** Where the transcripts of an agent are. */
export interface TranscriptSource {
  agent: string;
  /** Without patterns: if it does not exist, the agent was never used. */
  folder: string;
  /** Patterns for the names below it, one a level: `*`, and `**` for any folders. */
  patterns: readonly string[];
}

/** Where each agent of the table writes its transcripts. */
export function transcriptSources(home: string, environment: NodeJS.ProcessEnv): TranscriptSource[] {
  return Object.entries(agents).flatMap(([agent, { transcripts }]) => {
    if (transcripts === undefined) return [];
    const names = transcripts.files
      .replace(/\$\{(\w+):-([^}]*)\}/, (_, name: string, otherwise: string) => environment[name] || otherwise)
      .split('/');
    const fixed = names.slice(0, -1).findIndex((name) => name.includes('*'));
    const end = fixed < 0 ? names.length - 1 : fixed;
    return [{ agent, folder: path.resolve(home, names.slice(0, end).join('/') || '/'), patterns: names.slice(end) }];
  });
}

/** The transcripts of an agent in the order of their paths; links are not followed. */
export function transcriptFiles({ folder, patterns }: TranscriptSource): string[] {
  return filesIn(folder, patterns, 0).sort(byText);
}

function filesIn(folder: string, [pattern = '', ...rest]: readonly string[], depth: number): string[] {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch {
    return []; // the agent was never used
  }
  if (pattern === '**') {
    const below = entries.filter((entry) => entry.isDirectory() && depth < maxDepth);
    return [
      ...filesIn(folder, rest, depth),
      ...below.flatMap(({ name }) => filesIn(path.join(folder, name), [pattern, ...rest], depth + 1)),
    ];
  }
  const matches = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return entries.flatMap((entry) => {
    if (!matches.test(entry.name)) return [];
    const file = path.join(folder, entry.name);
    if (rest.length > 0) return entry.isDirectory() ? filesIn(file, rest, depth) : [];
    return entry.isFile() ? [file] : [];
  });
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
