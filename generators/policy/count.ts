import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './decide.ts';
import type { World } from './world.ts';

/** About 15,000 outcomes; then nothing more is added until the file is taken away. */
const largest = 1_000_000;

/** Where outcomes are counted: a JSON line each with day, rule and decision; no text of the call. */
function outcomesFile({ env, home }: World): string {
  return join(env.XDG_STATE_HOME || join(home, '.local/state'), 'nixos-intelligence', 'policy-outcomes.jsonl');
}

/** Adds one line for each rule that spoke. A folder that cannot be written is no reason to stop a call. */
export function countOutcomes({ findings }: Verdict, world: World): void {
  if (findings.length === 0) return;
  const file = outcomesFile(world);
  const day = new Date().toISOString().slice(0, 10);
  try {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) return;
    appendFileSync(
      file,
      findings.map(({ rule, decision }) => `${JSON.stringify({ day, rule, decision })}\n`).join(''),
      { mode: 0o600 },
    );
  } catch {
    // Not counted, then.
  }
}
