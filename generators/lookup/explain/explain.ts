import { entrySource } from '../../evidence/entry-source.ts';
import type { LocatedPlace } from '../places.ts';

/** A place in the output that supports a claim. */
export interface ClaimEvidence {
  /** In `intelligence/`. */
  file: string;
  /** RFC 6901. */
  pointer: string;
  /** Of the configuration. */
  source?: LocatedPlace;
  commit?: string;
}

export interface Claim {
  text: string;
  evidence: ClaimEvidence[];
}

export interface Explanation {
  subject: string;
  claims: Claim[];
}

/** Data as `JSON.parse` gives it, by file. */
export type Documents = ReadonlyMap<string, unknown>;

const mostClaims = 20;
const mostEvidence = 3;

/**
 * The evidence behind a tool, or behind a line of CLAUDE.md: the evidence recorded for the line, every sentence of the
 * output that the line contains, and every entry about the subject or about a tool in a code span of the line.
 *
 * @param lines the lines of CLAUDE.md with their evidence
 */
export function explain(documents: Documents, lines: readonly Claim[], context: string, subject: string): Explanation {
  const line = lineWith(context, subject);
  // A line often names many tools: one of them is asked for by its name.
  const names = new Set([subject, ...(line === undefined || codeSpans(line).includes(subject) ? [] : codeSpans(line))]);
  const claims = new Map<string, ClaimEvidence[]>();
  const add = (text: string, evidence: ClaimEvidence): void => {
    const found = claims.get(text) ?? [];
    if (found.length < mostEvidence) found.push(evidence);
    claims.set(text, found);
  };
  for (const { text, evidence } of lines) if (plain(text).includes(plain(subject))) claims.set(text, evidence);
  const comparable = line === undefined ? null : plain(line);
  for (const [file, document] of documents) {
    visit(document, '', (value, pointer) => {
      const found = sentences(value);
      const figures =
        found.length === 0 && countsOfTheUser.has(file) && isAbout(value, names) ? figuresOf(value) : null;
      if (figures !== null) add(figures, { file, pointer, ...entrySource(value) });
      for (const [text, from] of found) {
        const isOfLine = comparable !== null && text.length >= shortestSentence && comparable.includes(plain(text));
        if (isOfLine || isAbout(value, names)) add(text, { file, pointer: `${pointer}${from}`, ...entrySource(value) });
      }
    });
  }
  return { subject, claims: [...claims].slice(0, mostClaims).map(([text, evidence]) => ({ text, evidence })) };
}

const shortestSentence = 12;

/** Files whose figures say something without a sentence. */
const countsOfTheUser = new Set(['failure_patterns.json', 'usage_alignment.json']);

type Entry = Readonly<Record<string, unknown>>;

/** Calls `seen` for every object, with its JSON pointer. */
function visit(value: unknown, pointer: string, seen: (entry: Entry, pointer: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) seen(Object.fromEntries(Object.entries(value)), pointer);
  for (const [key, inner] of Object.entries(value)) {
    visit(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, seen);
  }
}

/** The sentences of an entry, each with the pointer below it. */
function sentences(entry: Entry): [string, string][] {
  const found: [string, string][] = [];
  for (const key of ['text', 'description', 'reason', 'message', 'title']) {
    const value = entry[key];
    if (typeof value === 'string' && value !== '') found.push([value, `/${key}`]);
  }
  const notes = entry.notes;
  if (Array.isArray(notes)) {
    for (const [index, note] of notes.entries()) {
      if (typeof note?.text === 'string') found.push([note.text, `/notes/${index}`]);
    }
  }
  return found;
}

/** `kubectl get: attempts 6, failures 6, not found 6`, for an entry without sentences; null without figures. */
function figuresOf(entry: Entry): string | null {
  const figures = Object.entries(entry).flatMap(([key, value]) =>
    typeof value === 'number' && value !== 0
      ? [`${key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`]
      : [],
  );
  const subject = ['name', 'command', 'subcommand'].flatMap((key) => {
    const value = entry[key];
    return typeof value === 'string' ? [value] : [];
  });
  return figures.length === 0 || subject.length === 0 ? null : `${subject.join(' ')}: ${figures.join(', ')}`;
}

function isAbout(entry: Entry, names: ReadonlySet<string>): boolean {
  return ['name', 'id', 'tool', 'package', 'command', 'option'].some((key) => {
    const value = entry[key];
    return typeof value === 'string' && names.has(value);
  });
}

/** The line of CLAUDE.md that contains a text, emphasis and code marks aside. */
function lineWith(context: string, text: string): string | undefined {
  const wanted = plain(text);
  if (wanted.length < 3) return undefined;
  return context.split('\n').find((line) => plain(line).includes(wanted));
}

function plain(text: string): string {
  return text
    .replace(/[*`_“”"'\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function codeSpans(line: string): string[] {
  return [...line.matchAll(/\*\*([^*]+)\*\*|`([^`]+)`/g)].map(([, bold, code]) => bold ?? code ?? '');
}
