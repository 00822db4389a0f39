import type { AgentHook } from '../agents/agents.ts';
import type { RuleDecision } from '../evidence/policies.ts';
import { withoutImports } from '../text.ts';
import type { Finding } from './call.ts';
import type { Verdict } from './decide.ts';

/** The client cuts a hook's output at 10,000 characters. */
const longest = 4000;

/**
 * The hook's answer on standard output: empty for a call that no rule matches, and never `allow`, so that the
 * client's own permissions decide.
 *
 * @param hook of the agent that reads it; null: Claude Code
 */
export function respond({ decision, findings }: Verdict, hook: AgentHook | null = null): string {
  if (decision === null) return '';
  // Other agents have no place for advice that does not stop the call.
  if (decision === 'advise') return hook === null ? claude({ additionalContext: say(findings) }) : '';
  return stop(
    decision === 'block' ? 'deny' : 'ask',
    say(findings.filter((finding) => finding.decision === decision)),
    hook,
  );
}

/** The answer when the hook itself fails: the user decides and sees the reason. */
export function respondFailure(what: string, hook: AgentHook | null = null): string {
  const reason = `nixos-intelligence: ${what}. The policies could not be checked for this call.`;
  return stop('ask', withoutImports(reason).slice(0, longest), hook);
}

function stop(permission: 'deny' | 'ask', reason: string, hook: AgentHook | null): string {
  const answered = hook === null || hook.asks ? permission : 'deny';
  switch (hook?.answer) {
    case 'permission':
      return line({ permissionDecision: answered, permissionDecisionReason: reason });
    case 'decision':
      return line({ decision: answered, reason });
    default:
      return claude({ permissionDecision: answered, permissionDecisionReason: reason });
  }
}

const claude = (fields: Record<string, string>): string =>
  line({ hookSpecificOutput: { hookEventName: 'PreToolUse', ...fields } });

const line = (json: object): string => `${JSON.stringify(json)}\n`;

const words: Record<RuleDecision, string> = { advise: 'prefers', ask: 'asks about', block: 'blocks' };

function say(findings: readonly Finding[]): string {
  const reasons = findings
    .slice(0, 5)
    .map(({ rule, decision, reason }) => `Policy \`${rule}\` ${words[decision]} this. ${reason}`);
  return withoutImports(reasons.join('\n')).slice(0, longest);
}
