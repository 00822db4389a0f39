import { UserError } from '../errors.ts';

/** A replacement of `text.slice(start, end)`, in UTF-16 units. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** An edit of a file, named relative to the flake's root. */
export interface FileEdit extends TextEdit {
  file: string;
}

/**
 * The text after all edits, which must not overlap.
 *
 * @throws UserError `overlap` if two edits change the same text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) throw new UserError('overlap', 'two edits change the same text', { status: 1 });
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The edits of each file, in the order in which files are first edited. */
export function byFile(edits: readonly FileEdit[]): Map<string, FileEdit[]> {
  const files = new Map<string, FileEdit[]>();
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return files;
}
