import { readdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { byText } from '../../order.ts';
import { gitEnvironment } from '../git/environment.ts';
import { gitArguments } from '../git/git.ts';
import { type ProjectFolder, readRegularFile } from './find-projects.ts';
import { deepestFolder, isOwnFolder, isOwnPath, type ProjectFiles } from './project-files.ts';

const longestGit = 20_000;

/** One git command in a repository that others may have written; null where it fails or takes too long. */
export async function askGit(folder: string, args: readonly string[]): Promise<string | null> {
  const { stdout, failed } = await execa('git', gitArguments(folder, args), {
    env: gitEnvironment(process.env),
    extendEnv: false,
    reject: false,
    timeout: longestGit,
    maxBuffer: 64 * 1024 * 1024,
    stdin: 'ignore',
    stripFinalNewline: true,
  });
  return failed ? null : stdout;
}

/** The files of a project: of a repository those that git does not ignore. */
export async function listFiles({ folder, isRepository }: ProjectFolder): Promise<ProjectFiles> {
  const listed = isRepository
    ? await askGit(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    : null;
  const paths = listed === null ? walk(folder) : [...new Set(listed.split('\0'))].filter((name) => name !== '');
  return {
    paths: paths.filter(isOwnPath).sort(byText),
    read: (name) => readRegularFile(path.join(folder, name)),
  };
}

function walk(top: string): string[] {
  const found: string[] = [];
  const visit = (relative: string, level: number): void => {
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(path.join(top, relative));
    } catch {
      return; // not readable
    }
    for (const entry of entries) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isFile()) found.push(name);
      else if (entry.isDirectory() && level < deepestFolder && isOwnFolder(entry.name)) visit(name, level + 1);
    }
  };
  visit('', 0);
  return found;
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
