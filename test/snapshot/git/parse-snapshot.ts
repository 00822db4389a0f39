import { type GitHistory, gitHistory } from '../../../generators/evidence/git-history.ts';

/** What a snapshot is once written and read again, checked against its schema. */
export function parseSnapshot(snapshot: unknown): GitHistory {
  return gitHistory.parse(JSON.parse(JSON.stringify(snapshot)));
}
