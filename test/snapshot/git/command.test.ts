import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { command } from '../../../generators/commands/snapshot-git.ts';
import { gitHistory } from '../../../generators/evidence/git-history.ts';
import { packages, repository, scratch } from './repositories.ts';

const repo = repository([
  { message: 'one', files: { 'p.nix': packages('git') } },
  { message: 'add fd for finding', files: { 'p.nix': packages('git', 'fd # find') } },
]);

async function snapshot(...args: string[]): Promise<string> {
  let printed = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    expect(await command.run(['--repo', repo, '--taken-on', '2026-11-21', ...args])).toBe(0);
  } finally {
    out.mockRestore();
    errors.mockRestore();
  }
  return printed;
}

test('writes one valid file, the same bytes each time, and a summary for programs', async () => {
  const out = scratch();
  const summary = await snapshot('--out', out, '--json');
  expect(JSON.parse(summary)).toEqual({
    commits: 2,
    first: '2026-01-01',
    last: '2026-01-02',
    present: 2,
    gone: 0,
    withPurpose: 1,
    withReason: 1,
    migrations: 0,
    missingBlobs: 0,
    unsound: 0,
  });
  expect(readdirSync(out)).toEqual(['git-history.json']);
  const file = join(out, 'git-history.json');
  const text = readFileSync(file, 'utf8');
  expect(gitHistory.safeParse(JSON.parse(text)).success).toBe(true);
  const written = statSync(file).mtimeMs;
  await snapshot('--out', out);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(statSync(file).mtimeMs).toBe(written);
});

test('--dry-run prints and writes nothing, --no-reasons keeps no word', async () => {
  const out = scratch();
  const printed = await snapshot('--out', out, '--dry-run', '--no-reasons');
  expect(JSON.parse(printed)).toMatchObject({ reasons: 'left out', schemaVersion: 1 });
  expect(printed).not.toContain('find');
  expect(readdirSync(out)).toEqual([]);
});

test('nothing in the repository is changed', async () => {
  const before = readdirSync(join(repo, '.git'), { recursive: true }).sort();
  await snapshot('--out', scratch());
  expect(readdirSync(join(repo, '.git'), { recursive: true }).sort()).toEqual(before);
});
