import type { Evidence } from '../../evidence/frame.ts';
import type { GitHistory } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';
import type { UsageAlignment } from '../usage-alignment/schema.ts';
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
 * @param earlier outputs of other analyses, by file
 */
export function joinedEvidence({ snapshots }: Evidence, earlier: ReadonlyMap<string, unknown>): Joined {
  const history = snapshots['git-history'];
  const alignment = earlier.get('usage_alignment') as Pick<UsageAlignment, 'window' | 'unused'> | undefined;
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
