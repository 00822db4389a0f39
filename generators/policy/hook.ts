import { readFileSync } from 'node:fs';
import type { Policies } from '../schema/policies.ts';
import { countOutcomes } from './count.ts';
import { decide } from './decide.ts';
import { respond, respondFailure } from './respond.ts';
import { worldOf } from './world.ts';

/**
 * The PreToolUse hook: `hook.cjs POLICIES`, the call as JSON on standard input, the answer on
 * standard output. Exit status 0 whatever happens: the client lets a call pass when a hook fails in
 * any other way, so a failure here is answered with `ask` and the reason.
 */
function main(): string {
  let text: string;
  let policies: Policies;
  try {
    policies = readPolicies(process.argv[2] ?? '');
  } catch (error) {
    return respondFailure(`the compiled policies cannot be read (${(error as Error).message})`);
  }
  try {
    text = readFileSync(0, 'utf8');
  } catch (error) {
    return respondFailure(`the call cannot be read (${(error as Error).message})`);
  }
  let call: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('not an object');
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
    const world = worldOf(typeof cwd === 'string' && cwd.startsWith('/') ? cwd : process.cwd(), process.env);
    const verdict = decide({ tool, input: input as Record<string, unknown> }, policies, world);
    if (policies.count) countOutcomes(verdict, world);
    return respond(verdict);
  } catch (error) {
    return policies.rules.some(({ decision }) => decision !== 'advise')
      ? respondFailure(`checking failed (${(error as Error).message})`)
      : '';
  }
}

/** @throws Error for a file that is missing, no JSON, or of another version */
function readPolicies(file: string): Policies {
  const policies = JSON.parse(readFileSync(file, 'utf8')) as Policies;
  if (policies?.schemaVersion !== 1 || !Array.isArray(policies.rules)) throw new Error('not policies of version 1');
  return policies;
}

process.stdout.write(main());
