import { readFileSync, writeSync } from 'node:fs';
import { agents } from '../agents/agents.ts';
import { messageOf } from '../errors.ts';
import { answer } from './answer.ts';
import { respondFailure } from './respond.ts';
import type { Policies } from './schema.ts';

/**
 * The hook before a tool call: `hook.cjs POLICIES [AGENT]`, the call as JSON on standard input, the answer on standard
 * output, exit status 0 whatever happens.
 */
function main(): string {
  const hook = agents[process.argv[3] ?? '']?.hook ?? null;
  let policies: Policies;
  try {
    policies = readPolicies(process.argv[2] ?? '');
  } catch (error) {
    return respondFailure(`the compiled policies cannot be read (${messageOf(error)})`, hook);
  }
  try {
    return answer(readFileSync(0, 'utf8'), policies, process.env, hook);
  } catch (error) {
    return respondFailure(`the call cannot be read (${messageOf(error)})`, hook);
  }
}

/** @throws Error for a file that is missing, no JSON, or of another version */
function readPolicies(file: string): Policies {
  // Validated when they were compiled: zod would double the hook's start.
  const policies: Policies | null = JSON.parse(readFileSync(file, 'utf8'));
  if (policies?.schemaVersion !== 1 || !Array.isArray(policies.rules)) throw new Error('not policies of version 1');
  return policies;
}

// Not `process.stdout`: its streams take milliseconds to load.
writeSync(1, main());
