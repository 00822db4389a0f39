import { messageOf } from '../errors.ts';
import { withoutRepeated } from './advised.ts';
import { countOutcomes } from './count.ts';
import { decide } from './decide.ts';
import { respond, respondFailure } from './respond.ts';
import type { Policies } from './schema.ts';
import { worldOf } from './world.ts';

/**
 * The hook's answer to a call. Never throws: the client lets a call pass when a hook fails, so the answer
 * to a failure is `ask` with the reason.
 *
 * @param text the call as JSON, unchanged
 * @param env the hook's environment
 */
export function answer(text: string, policies: Policies, env: Readonly<Record<string, string | undefined>>): string {
  let call: unknown;
  try {
    call = JSON.parse(text);
  } catch {
    // Not JSON: `call` stays undefined.
  }
  if (!isObject(call)) return respondFailure('the client sent no JSON object');
  const { tool_name: tool, tool_input: input, cwd, hook_event_name: event } = call;
  if (typeof event === 'string' && event !== 'PreToolUse') return '';
  if (typeof tool !== 'string' || !isObject(input)) {
    return respondFailure('the client sent no tool call');
  }
  try {
    const { transcript_path: transcript } = call;
    const world = {
      ...worldOf(typeof cwd === 'string' && cwd.startsWith('/') ? cwd : process.cwd(), env),
      transcript: typeof transcript === 'string' ? transcript : null,
    };
    const verdict = decide({ tool, input }, policies, world);
    const { session_id: session } = call;
    const fresh = withoutRepeated(verdict, typeof session === 'string' ? session : '', world);
    if (policies.count) countOutcomes(fresh, world);
    return respond(fresh);
  } catch (error) {
    return policies.rules.some(({ decision }) => decision !== 'advise')
      ? respondFailure(`checking failed (${messageOf(error)})`)
      : '';
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
