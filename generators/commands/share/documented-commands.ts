import type { Documentation } from '../command.ts';
import { commands } from '../commands.ts';

export interface DocumentedCommand extends Documentation {
  summary: string;
}

/** The commands that people and agents type, with their options, in the order of the help. */
export function documentedCommands(): Promise<DocumentedCommand[]> {
  const typed = commands.filter(({ internal }) => !internal);
  return Promise.all(typed.map(async ({ summary, load }) => ({ ...(await load()).command.documentation, summary })));
}

/** A command of two words by its first one: `snapshot` -> `git`, `shell`, …; a command of one word has none below. */
export function byFirstWord(commands: readonly DocumentedCommand[]): Map<string, DocumentedCommand[]> {
  const groups = new Map<string, DocumentedCommand[]>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const below = groups.get(first) ?? [];
    if (second !== undefined) below.push(command);
    groups.set(first, below);
  }
  return groups;
}

/** What completion offers for the value of an option, by the word that the help prints for it: `DIR`. */
export function valueKind(value: string | undefined): 'file' | 'folder' | 'other' {
  if (value === 'DIR') return 'folder';
  return value === 'FILE' ? 'file' : 'other';
}
