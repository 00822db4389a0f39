import { type SourceTree, textOf } from './source-tree.ts';
import { applyEdits, byFile, type FileEdit, type TextEdit } from './text-edit.ts';

const contextLines = 3;

/** The edits of a flake's files as one diff. */
export function diffOf(tree: SourceTree, edits: readonly FileEdit[]): string {
  return [...byFile(edits)].map(([file, own]) => unifiedDiff(file, textOf(tree, file), own)).join('');
}

/**
 * The edits of a file as a unified diff that `git apply` and `patch -p1` read.
 *
 * @param file relative to the folder in which the diff is applied
 */
function unifiedDiff(file: string, text: string, edits: readonly TextEdit[]): string {
  const lines = splitLines(text);
  const regions = changedRegions(text, edits);
  const hunks: string[] = [];
  let shift = 0;
  for (let index = 0; index < regions.length; ) {
    const group = [regions[index]].filter((region) => region !== undefined);
    index += 1;
    for (let next = regions[index]; next !== undefined; next = regions[index]) {
      if (next.from - (group.at(-1)?.to ?? 0) > 2 * contextLines) break;
      group.push(next);
      index += 1;
    }
    const first = Math.max(0, (group[0]?.from ?? 0) - contextLines);
    const last = Math.min(lines.length, (group.at(-1)?.to ?? 0) + contextLines);
    const body: string[] = [];
    let at = first;
    let added = 0;
    for (const { from, to, after } of group) {
      body.push(...lines.slice(at, from).map((line) => ` ${line}`));
      body.push(...lines.slice(from, to).map((line) => `-${line}`));
      body.push(...after.map((line) => `+${line}`));
      added += after.length - (to - from);
      at = to;
    }
    body.push(...lines.slice(at, last).map((line) => ` ${line}`));
    const count = last - first;
    hunks.push(`@@ -${range(first, count)} +${range(first + shift, count + added)} @@\n${body.map(printed).join('')}`);
    shift += added;
  }
  return hunks.length === 0 ? '' : `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

/** Lines `from` to `to` (exclusive) of a text, and what replaces them. */
interface Region {
  from: number;
  to: number;
  after: string[];
}

/** The lines that the edits change, without those at both ends that stay the same. */
function changedRegions(text: string, edits: readonly TextEdit[]): Region[] {
  const spans: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const start = text.lastIndexOf('\n', edit.start - 1) + 1;
    const isLineStart = edit.end > edit.start && text[edit.end - 1] === '\n' && edit.start === start;
    const next = text.indexOf('\n', edit.end);
    const end = isLineStart ? edit.end : next < 0 ? text.length : next + 1;
    const last = spans.at(-1);
    if (last !== undefined && start < last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else spans.push({ start, end, edits: [edit] });
  }
  return spans.flatMap(({ start, end, edits: own }) => {
    const before = splitLines(text.slice(start, end));
    const moved = own.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    let after = splitLines(applyEdits(text.slice(start, end), moved));
    let from = splitLines(text.slice(0, start)).length;
    let kept = before;
    while (kept.length > 0 && kept[0] === after[0]) {
      kept = kept.slice(1);
      after = after.slice(1);
      from += 1;
    }
    while (kept.length > 0 && kept.at(-1) === after.at(-1)) {
      kept = kept.slice(0, -1);
      after = after.slice(0, -1);
    }
    return kept.length === 0 && after.length === 0 ? [] : [{ from, to: from + kept.length, after }];
  });
}

/** Lines with their line breaks. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

const printed = (line: string): string => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`);

/** `first` from 0; an empty range is named by the line before it. */
function range(first: number, count: number): string {
  const start = count === 0 ? first : first + 1;
  return count === 1 ? String(start) : `${start},${count}`;
}
