import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { byText } from '../evidence/canonical.ts';
import { visible } from '../render/plain-text.ts';
import type { OutputFolder } from './build-output.ts';

/**
 * Puts an output folder in place, whole or not at all: it is written beside and renamed. An earlier output
 * of ours is replaced; any other folder that is not empty stays as it is.
 *
 * @throws UserError `output` where the folder is not ours, or cannot be written
 */
export async function writeFolder(folder: string, files: OutputFolder): Promise<void> {
  const target = resolve(folder);
  const state = await stateOf(target);
  if (state === 'foreign') {
    throw new UserError('output', `expected an empty or new folder, or an earlier output, got \`${visible(folder)}\``, {
      hint: 'nothing was written; name another folder with --out',
    });
  }
  try {
    await mkdir(dirname(target), { recursive: true });
    await place(target, files, state === 'ours');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError('output', `\`${visible(folder)}\` cannot be written (\`${code}\`)`, { cause: error });
  }
}

/** The text files of a folder, at any depth, by path. */
export async function readFolder(folder: string): Promise<OutputFolder> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
  );
  return new Map(texts.sort(([a], [b]) => byText(a, b)));
}

async function stateOf(target: string): Promise<'absent' | 'empty' | 'ours' | 'foreign'> {
  let names: string[];
  try {
    names = await readdir(target);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'foreign';
  }
  if (names.length === 0) return 'empty';
  const manifest = await readFile(join(target, 'intelligence/manifest.json'), 'utf8').catch(() => '');
  return /"name": "nixos-intelligence"/.test(manifest) ? 'ours' : 'foreign';
}

async function place(target: string, files: OutputFolder, replace: boolean): Promise<void> {
  const beside = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(beside, 'new');
    writeAll(fresh, files);
    if (replace) await rename(target, join(beside, 'old'));
    await rename(fresh, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

function writeAll(folder: string, files: OutputFolder): void {
  for (const path of new Set([...files.keys()].map((file) => dirname(file)))) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  // One after the other and at once: for many small files the way through the thread pool takes longer.
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
}
