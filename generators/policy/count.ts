import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Verdict } from './decide.ts';
import { stateFile, type World } from './world.ts';

/** Bytes, about 15,000 outcomes; a larger file gets no more lines. */
const largest = 1_000_000;

/** The file of outcomes: one JSON line each with day, rule and decision, without any text of the call. */
export const outcomesFile = (world: Pick<World, 'env' | 'home'>): string => stateFile('policy-outcomes.jsonl', world);

/** Adds one line for each rule that matched. */
export function countOutcomes({ findings }: Verdict, world: World): void {
  if (findings.length === 0) return;
  const file = outcomesFile(world);
  const day = new Date().toISOString().slice(0, 10);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) return;
    appendFileSync(
      file,
      findings.map(({ rule, decision }) => `${JSON.stringify({ day, rule, decision })}\n`).join(''),
      { mode: 0o600 },
    );
  } catch {
    // Best effort: never block a call because counting failed.
  }
}
