import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { systemErrorCode, UserError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { byText } from '../order.ts';
import { visible } from '../text.ts';
import type { OutputFolder } from './build-output.ts';

/**
 * Writes an output folder completely or not at all: it is written beside the target and renamed. An earlier output
 * of ours is replaced; any other folder that is not empty stays unchanged.
 *
 * @throws UserError `output` if the folder is not ours or cannot be written
 */
export function writeFolder(folder: string, files: OutputFolder): void {
  const target = resolve(folder);
  const state = stateOf(target);
  if (state === 'foreign') {
    throw new UserError('output', `expected an empty or new folder, or an earlier output, got \`${visible(folder)}\``, {
      hint: 'nothing was written; name another folder with --out',
    });
  }
  try {
    makeFolder(dirname(target));
    place(target, files, state === 'ours');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new UserError('output', `\`${visible(folder)}\` cannot be written (\`${code}\`)`, { cause: error });
  }
}

/** The text files of a folder, at any depth, by path. */
export function readFolder(folder: string): OutputFolder {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  const texts = paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')] as const);
  return new Map(texts.sort(([a], [b]) => byText(a, b)));
}

function stateOf(target: string): 'absent' | 'empty' | 'ours' | 'foreign' {
  let names: string[];
  try {
    names = readdirSync(target);
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? 'absent' : 'foreign';
  }
  if (names.length === 0) return 'empty';
  return isOurs(join(target, 'intelligence/manifest.json')) ? 'ours' : 'foreign';
}

function isOurs(manifest: string): boolean {
  try {
    return /"name": "nixos-intelligence"/.test(readFileSync(manifest, 'utf8'));
  } catch {
    return false;
  }
}

function place(target: string, files: OutputFolder, replace: boolean): void {
  const beside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const fresh = join(beside, 'new');
    writeAll(fresh, files);
    if (replace) renameSync(target, join(beside, 'old'));
    renameSync(fresh, target);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function writeAll(folder: string, files: OutputFolder): void {
  for (const path of new Set([...files.keys()].map((file) => dirname(file)))) {
    makeFolder(join(folder, path));
  }
  for (const [path, text] of files) writeFileSync(join(folder, path), text, { mode: 0o644 });
}
