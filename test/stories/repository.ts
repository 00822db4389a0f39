import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '../tree.ts';

/** A commit of a story, as a difference between lists of lines: the files themselves follow from the last commit. */
export interface Commit {
  /** `2026-03-14`; commits of one day are an hour apart. */
  day: string;
  author: string;
  message: string;
  /** Lines that this commit adds: each the whole of one line, or a part that no other line has. */
  adds?: readonly string[];
  /** Lines that this commit removes. */
  removes?: readonly string[];
  /** Further files that the commit writes. */
  writes?: Tree;
  tag?: string;
}

export interface RepositoryStory {
  /** The files after the last commit. */
  files: Tree;
  /** Lines that a commit removes: each with the file, and a part of the line after which it stood. */
  former: readonly (readonly [file: string, after: string, line: string])[];
  /** Files that the last commit adds as a whole. */
  last?: readonly string[];
  commits: readonly Commit[];
}

/**
 * Makes a git repository whose commits have fixed authors and dates, so that its hashes are always the same.
 *
 * @throws Error where a commit names no line or several, or lines of `former` remain
 */
export function makeRepository(folder: string, { files, former, last = [], commits }: RepositoryStory): void {
  const lines = Object.entries(files).flatMap(([file, text]) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => ({ file, line, there: true })),
  );
  for (const [file, after, line] of former) {
    const place = lines.findIndex((one) => one.file === file && one.line.includes(after));
    if (place < 0) throw new Error(`${file} has no line with \`${after}\``);
    lines.splice(place + 1, 0, { file, line, there: true });
  }
  const find = (part: string) => {
    const whole = lines.filter(({ line }) => line.trim() === part);
    const [found, another] = whole.length > 0 ? whole : lines.filter(({ line }) => line.includes(part));
    if (found === undefined || another !== undefined) throw new Error(`expected one line with \`${part}\``);
    return found;
  };
  // What some commit adds was not there at the beginning.
  for (const part of commits.flatMap(({ adds = [] }) => adds)) find(part).there = false;

  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '--quiet']);
  commits.forEach(({ day, author, message, adds = [], removes = [], writes = {}, tag }, index) => {
    for (const part of adds) find(part).there = true;
    for (const part of removes) find(part).there = false;
    const isLast = index === commits.length - 1;
    for (const file of Object.keys(files).filter((file) => isLast || !last.includes(file))) {
      const text = lines.filter((one) => one.file === file && one.there).map(({ line }) => `${line}\n`);
      write(folder, file, text.join(''));
    }
    for (const [file, text] of Object.entries(writes)) write(folder, file, text);
    const hour = commits.slice(0, index).filter((one) => one.day === day).length + 8;
    const date = `${day}T${String(hour).padStart(2, '0')}:00:00+0000`;
    git(folder, ['add', '--all']);
    git(folder, ['commit', '--quiet', '--message', message], author, date);
    if (tag !== undefined) git(folder, ['tag', tag], author, date);
  });
  const remains = former.filter(([file, , line]) =>
    lines.some((one) => one.file === file && one.line === line && one.there),
  );
  if (remains.length > 0) throw new Error(`the last commit still has ${remains.map(([, , line]) => line).join(', ')}`);
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(folder: string, args: readonly string[], author = 'nobody', date = '2025-01-01T00:00:00+0000'): void {
  const email = `${author.toLowerCase().replace(/\W+/g, '.')}@example.org`;
  execFileSync('git', ['-c', 'init.defaultBranch=main', '-C', folder, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: author,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    },
  });
}
