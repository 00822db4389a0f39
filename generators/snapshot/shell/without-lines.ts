import type { HistorySource } from '../../evidence/shell-history.ts';

/** Why a history contains no usable line; null if it does. A fixed text, because the content of a file is private. */
export function withoutLines({ entries, byAgents, skipped }: HistorySource): string | null {
  if (entries + byAgents > 0) return null;
  const { otherHost = 0, malformed = 0, recordedElsewhere = 0, beforeWindow = 0 } = skipped;
  if (otherHost > 0) return `all ${otherHost} lines are of another host name; --all-hosts counts them`;
  // Not an error: atuin has the same lines, or the user asked for later ones.
  if (recordedElsewhere + beforeWindow > 0) return null;
  return malformed > 0 ? `none of its ${malformed} lines has the form of this history` : 'it has no command';
}
