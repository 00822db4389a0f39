import type { Evidence } from '../../evidence/evidence.ts';
import type { GitHistory } from '../../evidence/git-history.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import { byText } from '../../order.ts';
import { type UsageAlignment, usageAlignment } from '../usage-alignment/schema.ts';
import type { RemovedName } from './removed-but-kept.ts';
import type { Usage } from './unused.ts';

/** What other evidence adds, where it is there. */
export interface Joined {
  removed?: readonly RemovedName[];
  usage?: Usage;
}

/**
 * Picks from the git history what was removed for good, and from the usage analysis what nobody used, the
 * latter only over a history that says something about it.
 *
 * @param earlier outputs of the questions asked before
 */
export function joinedEvidence({ gitHistory: history }: Pick<Evidence, 'gitHistory'>, earlier: EarlierOutputs): Joined {
  const alignment = earlier.get(usageAlignment);
  return {
    ...(history ? { removed: removedNames(history) } : {}),
    ...(alignment?.window.enough ? { usage: usageOf(alignment) } : {}),
  };
}

function usageOf({ window, unused }: Pick<UsageAlignment, 'window' | 'unused'>): Usage {
  return {
    unused: unused.map((entry) => entry.package),
    shells: window.sources,
    since: window.from,
    days: window.days,
  };
}

/** The latest first. */
function removedNames({ tools }: Pick<GitHistory, 'tools'>): RemovedName[] {
  return tools
    .flatMap(({ name, kind, present, gone }) =>
      kind === 'package' && !present && gone !== null ? [{ name, on: gone.date, commit: gone.commit }] : [],
    )
    .sort((a, b) => byText(b.on, a.on) || byText(a.name, b.name));
}
