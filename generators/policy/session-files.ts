import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isTable } from '../json-value.ts';
import { redirected } from './accesses.ts';
import { readLine } from './execs.ts';
import { type World, wordPath } from './world.ts';

/** Bytes; a larger transcript is not read. */
const largest = 64_000_000;

/** In ms: a file system may round the time of a change. */
const rounding = 2000;

/**
 * Whether the content of a file is this session's own: its last complete write was a call of the session, and
 * nobody has changed the file since. The client's transcript of the session says so; where it is missing or has another
 * form, the answer is no.
 */
export function isOwnFile(path: string, world: World): boolean {
  let text: string;
  let changed: number;
  try {
    if (world.transcript === null || statSync(world.transcript).size > largest) return false;
    changed = statSync(path).mtimeMs;
    text = readFileSync(world.transcript, 'utf8');
  } catch {
    return false;
  }
  const name = JSON.stringify(basename(path)).slice(1, -1);
  /** By the id of the call: shell commands that write the file. */
  const commands = new Set<string>();
  let last = 0;
  let written = false;
  for (const line of text.split('\n')) {
    if (!line.includes(name) && ![...commands].some((id) => line.includes(id))) continue;
    const { message, toolUseResult: result, timestamp, cwd } = parse(line);
    const at = Date.parse(String(timestamp));
    if (isTable(result) && result.filePath === path) {
      // `Write` has a type, `Edit` has none.
      if (typeof result.type === 'string') written = true;
      last = at;
    }
    for (const part of isTable(message) && Array.isArray(message.content) ? message.content : []) {
      if (!isTable(part)) continue;
      if (part.type === 'tool_use' && part.name === 'Bash' && isTable(part.input)) {
        const folder = typeof cwd === 'string' ? cwd : world.cwd;
        if (typeof part.id === 'string' && overwrites(part.input.command, path, { ...world, cwd: folder })) {
          commands.add(part.id);
        }
      } else if (part.type === 'tool_result' && part.is_error !== true && commands.has(String(part.tool_use_id))) {
        written = true;
        last = at;
      }
    }
  }
  return written && changed <= last + rounding;
}

/** Whether a command line replaces the content of a file: `cat > file`. */
function overwrites(command: unknown, path: string, world: World): boolean {
  if (typeof command !== 'string') return false;
  const { line, cwd } = readLine(command, world);
  return line.redirections.some((redirection) => {
    const file = redirected(redirection, undefined, cwd);
    if (file?.how !== 'edit' || file.by === '>>' || file.word.text === null) return false;
    return wordPath({ ...file.word, text: file.word.text }, cwd, world.home) === path;
  });
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return isTable(value) ? value : {};
  } catch {
    return {};
  }
}
