import type { AgentHook } from '../agents/agents.ts';
import { messageOf } from '../errors.ts';
import { isTable } from '../json-value.ts';
import { withoutRepeated } from './advised.ts';
import { readCall } from './agent-call.ts';
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
 * @param hook of the agent that sent it; null: Claude Code
 */
export function answer(
  text: string,
  policies: Policies,
  env: Readonly<Record<string, string | undefined>>,
  hook: AgentHook | null = null,
): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: `json` stays undefined.
  }
  if (!isTable(json)) return respondFailure('the client sent no JSON object', hook);
  const { hook_event_name: event } = json;
  if (typeof event === 'string' && !callEvents.includes(event)) return '';
  const call = readCall(json, hook);
  if (call === null) return respondFailure('the client sent no tool call', hook);
  try {
    const world = { ...worldOf(call.cwd ?? process.cwd(), env), transcript: call.transcript };
    const verdict = decide(call, policies, world);
    const fresh = withoutRepeated(verdict, call.session, world);
    if (policies.count) countOutcomes(fresh, world);
    return respond(fresh, hook);
  } catch (error) {
    return policies.rules.some(({ decision }) => decision !== 'advise')
      ? respondFailure(`checking failed (${messageOf(error)})`, hook)
      : '';
  }
}

/** The names that agents have for the event before a tool call. */
const callEvents = ['PreToolUse', 'BeforeTool', 'preToolUse'];
