import type { Evidence } from '../../evidence/evidence.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import { byText } from '../../order.ts';
import { usageAlignment } from '../usage-alignment/schema.ts';

/** What the git history and the shell history add to the closure; a part that is not known is absent. */
export interface OtherEvidence {
  removed?: readonly RemovedPackage[];
  usage?: Usage;
}

/** A package that the configuration had once and has no more. */
export interface RemovedPackage {
  /** As written: `nodejs_20`, `kdePackages.qt6ct`. */
  name: string;
  /** Day of the commit. */
  removedOn: string;
  commit: string;
}

/** What the shell history says about the packages of one user. */
export interface Usage {
  /** Ids of packages with commands that a person would type and that the histories do not have. */
  unused: readonly string[];
  /** The shells whose histories were read: `fish`. */
  shells: readonly string[];
  /** The first day that the histories cover, and the number of days. */
  since: string | null;
  days: number;
}

/** Usage is known only when the history is long enough to say something about unused packages. */
export function otherEvidence({ gitHistory }: Pick<Evidence, 'gitHistory'>, earlier: EarlierOutputs): OtherEvidence {
  const alignment = earlier.get(usageAlignment);
  return {
    ...(gitHistory ? { removed: removedPackages(gitHistory) } : {}),
    ...(alignment?.window.enough
      ? {
          usage: {
            unused: alignment.unused.map((entry) => entry.package),
            shells: alignment.window.sources,
            since: alignment.window.from,
            days: alignment.window.days,
          },
        }
      : {}),
  };
}

/** The latest first. */
function removedPackages({ tools }: NonNullable<Evidence['gitHistory']>): RemovedPackage[] {
  return tools
    .flatMap(({ name, kind, present, gone }) =>
      kind === 'package' && !present && gone !== null ? [{ name, removedOn: gone.date, commit: gone.commit }] : [],
    )
    .sort((a, b) => byText(b.removedOn, a.removedOn) || byText(a.name, b.name));
}
