import type * as z from 'zod';
import { messageOf, systemErrorCode, UserError } from '../errors.ts';
import { canonical, type Json } from '../order.ts';
import { NotAFile, readRegularFile } from '../read-file.ts';
import { clip, visible } from '../text.ts';

/** In bytes, larger than any real file: reading more would only exhaust the memory. */
const largest = 256 * 1024 * 1024;
const issuesShown = 5;

/**
 * Reads one JSON file of a boundary. `label` names it in messages, relative to what the user gave.
 *
 * @param sorted the caller brings keys into an order itself, else they come in that of code points
 * @returns undefined where there is no such file
 * @throws UserError `input`: what is wrong, at which path in the file, what was expected, what was found
 */
export function readJson<T>(path: string, label: string, schema: z.ZodType<T>, sorted = false): T | undefined {
  const text = readText(path, label);
  return text === undefined ? undefined : parseJson(text, label, schema, sorted);
}

/** @throws UserError `input`, as {@link readJson} */
export function parseJson<T>(text: string, label: string, schema: z.ZodType<T>, sorted = false): T {
  let data: Json;
  try {
    const parsed: Json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    data = sorted ? parsed : canonical(parsed);
  } catch (error) {
    throw new UserError('input', `${visible(label)}: ${notJson(text, error)}`, { cause: error });
  }
  // A schema is used once in a process: compiling it to a function would take longer than it saves.
  const parsed = schema.safeParse(data, { jitless: true });
  if (parsed.success) return parsed.data;
  throw new UserError('input', `${visible(label)}: ${disagreement(parsed.error.issues, data)}`, {
    hint: newerSchema(parsed.error.issues, data)
      ? 'update nixos-intelligence, or write the file again with the version that reads it'
      : 'write the file again with the same version of nixos-intelligence that reads it',
  });
}

function readText(path: string, label: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegularFile(path, largest));
  } catch (error) {
    if (error instanceof NotAFile) {
      throw new UserError('input', `${visible(label)}: ${error.message}`, { cause: error });
    }
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const what =
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'expected UTF-8 text, got other bytes'
        : `cannot be read (\`${code}\`)`;
    throw new UserError('input', `${visible(label)}: ${what}`, { cause: error });
  }
}

/** Reports where the JSON ends unexpectedly. V8's message quotes the text, which may be private. */
function notJson(text: string, error: unknown): string {
  if (error instanceof RangeError) return 'expected JSON, got lists or objects nested too deeply';
  if (text.trim() === '') return 'expected JSON, got an empty file';
  const message = messageOf(error);
  if (/Unexpected end|Unterminated/.test(message)) return 'expected JSON, got a text that breaks off (truncated?)';
  const position = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, Number(position ?? 0)).split('\n');
  const where = position === undefined ? '' : ` at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  return `expected JSON, got something else${where}`;
}

function newerSchema(issues: readonly z.core.$ZodIssue[], data: Json): boolean {
  const version = at(data, ['schemaVersion']);
  return issues.some(({ path }) => path[0] === 'schemaVersion') && typeof version === 'number' && version > 1;
}

/** One line per issue, the first few: path, expected, got. */
function disagreement(issues: readonly z.core.$ZodIssue[], data: Json): string {
  const version = issues.find(({ path }) => path[0] === 'schemaVersion');
  // A file with another schema has many issues; only the first ones help.
  const shown = version ? [version] : issues.slice(0, issuesShown);
  const more = version ? 0 : issues.length - shown.length;
  return [...shown.map((issue) => one(issue, data)), ...(more > 0 ? [`and ${more} more`] : [])].join('\n  ');
}

function one(issue: z.core.$ZodIssue, data: Json): string {
  const path = visible(pathText(issue.path)) || 'the whole file';
  if (issue.code === 'unrecognized_keys') {
    return `${path}: expected no such key, got ${issue.keys.map((key) => `\`${visible(clip(key, 60))}\``).join(', ')}`;
  }
  return `${path}: expected ${expectation(issue)}, got ${found(at(data, issue.path))}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => `\`${String(value)}\``).join(' or ');
    case 'too_big':
      return `at most \`${issue.maximum}\``;
    case 'too_small':
      return `at least \`${issue.minimum}\``;
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? issue.format : issue.message;
    default:
      return visible(issue.message);
  }
}

function found(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  try {
    return `\`${visible(clip(JSON.stringify(value), 60))}\``;
  } catch {
    return 'lists or objects nested too deeply';
  }
}

function at(data: Json, path: readonly PropertyKey[]): Json | undefined {
  let here: Json | undefined = data;
  for (const key of path) {
    if (here === null || typeof here !== 'object') return undefined;
    here = Object.entries(here).find(([name]) => name === String(key))?.[1];
  }
  return here;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[\w-]{1,60}$/.test(String(key))
          ? `${index > 0 ? '.' : ''}${String(key)}`
          : `[${JSON.stringify(clip(String(key), 60))}]`,
    )
    .join('');
}
