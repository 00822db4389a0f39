import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import type { Option } from '../commands/command.ts';
import { UserError } from '../errors.ts';
import { day as daySchema } from '../evidence/common.ts';

/** Options that every `snapshot` command has. */
export const snapshotOptions = {
  out: {
    type: 'string',
    value: 'DIR',
    help: 'folder for the snapshot (default: intelligence/<user> of the flake in this folder or $NH_FLAKE)',
  },
  'dry-run': { type: 'boolean', help: 'print what would be written, and write nothing' },
  'taken-on': { type: 'string', value: 'DAY', help: 'count ages to this day, not to today: 2026-11-21' },
} satisfies Record<string, Option>;

/** The day a snapshot counts to, UTC. */
export function takenOn(value: unknown): string {
  const day = typeof value === 'string' ? value : new Date().toISOString().slice(0, 10);
  if (!daySchema.safeParse(day).success) {
    throw new UserError('usage', `\`${day}\` is no day`, { hint: 'as in 2026-11-21' });
  }
  return day;
}

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
      throw new UserError('out', `\`${file}\` cannot be written: ${(error as Error).message}`, { cause: error });
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
