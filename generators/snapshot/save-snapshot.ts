import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import type * as z from 'zod';
import { messageOf, UserError } from '../errors.ts';

/**
 * Writes `<name>.json` into the folder, whole or not at all, or prints it. The same evidence gives the same text; an
 * unchanged file is not written again. In a git repository the file is registered (`git add --intent-to-add`), so
 * that a flake sees it.
 *
 * @param out default: `intelligence/<user>` in the flake of the current folder, else of `$NH_FLAKE` or `$FLAKE`
 * @throws UserError `out` if no folder is given or found, or the file cannot be written
 */
export function saveSnapshot<Snapshot>(
  name: string,
  schema: z.ZodType<Snapshot>,
  snapshot: Snapshot,
  { out, dryRun }: { out?: string | undefined; dryRun: boolean },
): void {
  const text = `${JSON.stringify(schema.parse(snapshot), null, 1)}\n`;
  if (dryRun) {
    process.stdout.write(text);
    return;
  }
  const folder = out ?? defaultFolder();
  const file = path.join(folder, `${name}.json`);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) replaceFile(file, text);
  registerInGit(folder, `${name}.json`);
  console.error(`wrote ${file}`);
}

/** Writes a temporary file and renames it, so that the file is never half written. */
function replaceFile(file: string, text: string): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(temporary, text, { flag: 'wx', mode: 0o644 });
      renameSync(temporary, file);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw new UserError('out', `\`${file}\` cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

function defaultFolder(): string {
  const flake = [process.cwd(), process.env.NH_FLAKE, process.env.FLAKE].find(
    (folder) => folder !== undefined && existsSync(path.join(folder, 'flake.nix')),
  );
  if (flake === undefined) {
    throw new UserError('out', 'expected a flake.nix in this folder or --out DIR, got neither', {
      hint: 'run the command in the folder of your configuration, or pass --out DIR',
    });
  }
  return path.join(flake, 'intelligence', userInfo().username);
}

/** A flake in a git repository sees only files that git knows. */
function registerInGit(folder: string, file: string): void {
  try {
    execFileSync('git', ['-C', folder, 'add', '--intent-to-add', '--', file], { stdio: 'ignore' });
  } catch {
    // No git, no repository, or the user ignores the file on purpose.
  }
}
