import { countOutcomes } from './count.ts';
import { decide } from './decide.ts';
import { respond, respondFailure } from './respond.ts';
import type { Policies } from './schema.ts';
import { worldOf } from './world.ts';

/**
 * The hook's answer to what the client sends. Never throws: the client lets a call pass when a hook
 * fails, so a failure is answered with `ask` and the reason.
 *
 * @param text the call as JSON, as it came
 * @param env the hook's environment
 */
export function answer(text: string, policies: Policies, env: Readonly<Record<string, string | undefined>>): string {
  let call: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('no object');
    call = parsed as Record<string, unknown>;
  } catch {
    return respondFailure('the client sent no JSON object');
  }
  const { tool_name: tool, tool_input: input, cwd, hook_event_name: event } = call;
  if (typeof event === 'string' && event !== 'PreToolUse') return '';
  if (typeof tool !== 'string' || typeof input !== 'object' || input === null) {
    return respondFailure('the client sent no tool call');
  }
  try {
    const world = worldOf(typeof cwd === 'string' && cwd.startsWith('/') ? cwd : process.cwd(), env);
    const verdict = decide({ tool, input: input as Record<string, unknown> }, policies, world);
    if (policies.count) countOutcomes(verdict, world);
    return respond(verdict);
  } catch (error) {
    return policies.rules.some(({ decision }) => decision !== 'advise')
      ? respondFailure(`checking failed (${(error as Error).message})`)
      : '';
  }
}
