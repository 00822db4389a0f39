import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { GitHistory, TrackedTool } from '../../../generators/evidence/git-history.ts';
import { openRepository } from '../../../generators/snapshot/git/repository.ts';
import { takeGitHistory } from '../../../generators/snapshot/git/take-git-history.ts';
import { parseSnapshot } from './parse-snapshot.ts';

/** A commit to make: files by path (null: deleted), on a day counted from 2026-01-01. */
export interface Step {
  message: string | Buffer;
  files?: Readonly<Record<string, string | Buffer | null>>;
  day?: number;
  /** Start or go to a branch first. */
  branch?: string;
  /** Merge this branch, with `files` put over the result. */
  merge?: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'git-history-'));
  folders.push(folder);
  return folder;
}

export function run(folder: string, args: readonly string[], input?: string | Buffer, day = 0): string {
  const date = `${new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString().slice(0, 19)}+0000`;
  return execFileSync(
    'git',
    ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', '-C', folder, ...args],
    {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Guyfawkes Surname',
        GIT_AUTHOR_EMAIL: 'guyfawkes@example.org',
        GIT_COMMITTER_NAME: 'Guyfawkes Surname',
        GIT_COMMITTER_EMAIL: 'guyfawkes@example.org',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    },
  ).trim();
}

/** A repository with these commits, made by git. */
export function repository(steps: readonly Step[], init: readonly string[] = []): string {
  const folder = scratch();
  run(folder, ['init', '--quiet', ...init]);
  for (const [index, step] of steps.entries()) {
    const day = step.day ?? index;
    if (step.branch !== undefined) {
      const isNew = run(folder, ['branch', '--list', step.branch]) === '';
      run(folder, ['checkout', '--quiet', ...(isNew ? ['-b'] : []), step.branch]);
    }
    if (step.merge !== undefined)
      run(folder, ['merge', '--quiet', '--no-ff', '--no-commit', '-X', 'theirs', step.merge], undefined, day);
    for (const [path, content] of Object.entries(step.files ?? {})) {
      if (content === null) {
        rmSync(join(folder, path));
      } else {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }
    run(folder, ['add', '--all']);
    run(folder, ['commit', '--quiet', '--allow-empty', '--file=-'], step.message, day);
  }
  return folder;
}

export async function historyOf(
  folder: string,
  options: { branch?: string; takenOn?: string; reasons?: boolean } = {},
): Promise<GitHistory> {
  const opened = await openRepository(folder, options.branch);
  const taken = await takeGitHistory(opened, {
    takenOn: options.takenOn ?? '2027-03-01',
    reasons: options.reasons ?? true,
  });
  return parseSnapshot(taken);
}

/** A module with these lines in environment.systemPackages. */
export function packages(...lines: string[]): string {
  return `{ pkgs, ... }:\n{\n  environment.systemPackages = with pkgs; [\n${lines.map((line) => `    ${line}\n`).join('')}  ];\n}\n`;
}

export function tool(history: GitHistory, name: string, kind?: TrackedTool['kind']): TrackedTool | undefined {
  return history.tools.find((one) => one.name === name && (kind === undefined || one.kind === kind));
}

/** `added moved removed`: what happened to a tool. */
export function happened(history: GitHistory, name: string): string {
  return (
    tool(history, name)
      ?.events.map(({ type }) => type)
      .join(' ') ?? 'never declared'
  );
}
