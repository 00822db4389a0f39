import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';

/**
 * Writes `<name>.json` into the folder, whole or not at all, or prints it. The text is the same for
 * the same evidence; a file that would not change is left alone. In a git repository the file is
 * registered (`git add --intent-to-add`), so that a flake sees it.
 *
 * @throws UserError `out` where no folder is given and none can be told
 */
export function saveSnapshot(
  name: string,
  schema: z.ZodType,
  snapshot: unknown,
  { out, dryRun }: { out?: string | undefined; dryRun: boolean },
): void {
  const text = `${JSON.stringify(schema.parse(snapshot), null, 1)}\n`;
  if (dryRun) {
    process.stdout.write(text);
    return;
  }
  const folder = out ?? defaultFolder();
  const file = path.join(folder, `${name}.json`);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    const temporary = path.join(folder, `.${name}.${process.pid}.tmp`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(temporary, text, { flag: 'wx', mode: 0o644 });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UserError('out', `\`${file}\` cannot be written: ${messageOf(error)}`, { cause: error });
    }
  }
  register(folder, `${name}.json`);
  console.error(`wrote ${file}`);
}

function defaultFolder(): string {
  const user = userInfo().username;
  const candidates = [process.cwd(), process.env.NH_FLAKE, process.env.FLAKE].filter(
    (folder): folder is string => folder !== undefined && existsSync(path.join(folder, 'flake.nix')),
  );
  if (candidates[0] === undefined) {
    throw new UserError('out', 'no flake.nix in this folder, and no --out', {
      hint: 'run it in the folder of the configuration, or say where: --out DIR',
    });
  }
  return path.join(candidates[0], 'intelligence', user);
}

/** A flake of a git repository sees only what git knows of. */
function register(folder: string, file: string): void {
  try {
    execFileSync('git', ['-C', folder, 'add', '--intent-to-add', '--', file], { stdio: 'ignore' });
  } catch {
    // no git, no repository, or ignored there on purpose
  }
}
