import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Verdict } from './decide.ts';
import { stateFile, type World } from './world.ts';

/** Bytes, some hundred pairs; a larger file begins anew. */
const largest = 20_000;

/** The verdict without advice that the session has had. Best effort: without a file of state advice comes again. */
export function withoutRepeated(verdict: Verdict, session: string, world: World): Verdict {
  if (verdict.decision !== 'advise' || session === '') return verdict;
  const file = stateFile('policy-advice.txt', world);
  const given = read(file);
  const lines = given.split('\n');
  const fresh = verdict.findings.filter(({ once }) => once === undefined || !lines.includes(`${session} ${once}`));
  const added = [...new Set(fresh.flatMap(({ once }) => (once === undefined ? [] : [`${session} ${once}\n`])))].join(
    '',
  );
  if (added !== '') {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      (given.length > largest ? writeFileSync : appendFileSync)(file, added, { mode: 0o600 });
    } catch {
      // The advice is given all the same.
    }
  }
  return { decision: fresh.length > 0 ? 'advise' : null, findings: fresh };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
