import type { RuleDecision } from '../evidence/policies.ts';
import { withoutImports } from '../text.ts';
import type { Finding } from './call.ts';
import type { Verdict } from './decide.ts';

/** The client cuts a hook's output at 10,000 characters. */
const longest = 4000;

/**
 * The hook's answer on standard output: empty for a call that no rule matches, and never `allow`, so that the
 * client's own permissions decide.
 */
export function respond({ decision, findings }: Verdict): string {
  if (decision === null) return '';
  return decision === 'advise'
    ? answer({ additionalContext: say(findings) })
    : answer({
        permissionDecision: decision === 'block' ? 'deny' : 'ask',
        permissionDecisionReason: say(findings.filter((finding) => finding.decision === decision)),
      });
}

/** The answer when the hook itself fails: the user decides and sees the reason. */
export function respondFailure(what: string): string {
  return answer({
    permissionDecision: 'ask',
    permissionDecisionReason: withoutImports(
      `nixos-intelligence: ${what}. The policies could not be checked for this call.`,
    ).slice(0, longest),
  });
}

const answer = (fields: Record<string, string>): string =>
  `${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', ...fields } })}\n`;

const words: Record<RuleDecision, string> = { advise: 'prefers', ask: 'asks about', block: 'blocks' };

function say(findings: readonly Finding[]): string {
  const reasons = findings
    .slice(0, 5)
    .map(({ rule, decision, reason }) => `Policy \`${rule}\` ${words[decision]} this. ${reason}`);
  return withoutImports(reasons.join('\n')).slice(0, longest);
}
