import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { currentUser } from '../current-user.ts';
import { messageOf, UserError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { readRegularFile } from '../read-file.ts';
import { gitComplaint, gitEnvironment, gitHint } from './git/environment.ts';

/**
 * Writes `<name>.json` into the folder, whole or not at all, or prints it. The same evidence gives the same text; an
 * unchanged file is not written again. In a git repository the file is registered (`git add --intent-to-add`), so
 * that a flake sees it.
 *
 * @param out default: `intelligence/<user>` in the flake of the current folder, else of `$NH_FLAKE` or `$FLAKE`
 * @throws UserError `out` if no folder is given or found, or the file cannot be written; `git` with status 1 if it is
 *   written, but git refuses it
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
  replaceFile(file, text);
  const unseen = registerInGit(folder, `${name}.json`);
  console.error(`wrote ${file}`);
  if (unseen === null) return;
  throw new UserError('git', `a flake does not see \`${file}\`, because git does not have it: ${unseen}`, {
    hint: gitHint(unseen, path.resolve(folder)) ?? `git -C ${folder} add --intent-to-add ${name}.json`,
    status: 1,
  });
}

/** Writes a changed text to a temporary file and renames it, so that the file is never half written. */
function replaceFile(file: string, text: string): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    if (existsSync(file) && readRegularFile(file, Number.POSITIVE_INFINITY).toString() === text) return;
    makeFolder(folder);
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
  return path.join(flake, 'intelligence', currentUser().username);
}

/**
 * A flake in a git repository sees only files that git knows.
 *
 * @returns git's message if it refuses the file; null if git has it, is not used here, or ignores it on purpose
 */
function registerInGit(folder: string, file: string): string | null {
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', folder, ...args], { env: gitEnvironment(process.env), encoding: 'utf8' });
  const known = git('ls-files', '--error-unmatch', '--', file);
  if (known.error !== undefined || known.status === 0 || known.stderr.includes('not a git repository')) return null;
  if (git('check-ignore', '--quiet', '--', file).status === 0) return null;
  const added = git('add', '--intent-to-add', '--sparse', '--', file);
  return added.status === 0 ? null : gitComplaint(added.stderr);
}
