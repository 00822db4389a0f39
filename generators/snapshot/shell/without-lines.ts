import type { HistorySource } from '../../evidence/shell-history.ts';

/** Why a history that was read has no line that counts; null if it has some. A fixed text: a file's content is private. */
export function withoutLines({ entries, byAgents, skipped }: HistorySource): string | null {
  if (entries + byAgents > 0) return null;
  const { otherHost = 0, malformed = 0, recordedElsewhere = 0, beforeWindow = 0 } = skipped;
  if (otherHost > 0) return `all ${otherHost} lines are of another host name; --all-hosts counts them`;
  // Nothing is lost: atuin has the same lines, or the user asked for later ones.
  if (recordedElsewhere + beforeWindow > 0) return null;
  return malformed > 0 ? `none of its ${malformed} lines has the form of this history` : 'it has no command';
}
