import { isUserError, messageOf, systemErrorCode } from '../../errors.ts';
import type { Check, Checked, Verdict } from './check.ts';
import type { Machine } from './machine.ts';

/**
 * The answers of all checks, in their order.
 *
 * @param started is called before each check
 */
export async function examine(
  machine: Machine,
  checks: readonly Check[],
  started: (id: string) => void = () => undefined,
): Promise<Checked[]> {
  const answers: Checked[] = [];
  for (const check of checks) {
    started(check.id);
    const { id, severity } = check;
    const verdict = await verdictOf(check, machine);
    const { status, message } = verdict;
    const { evidence, fix } = verdict.status === 'finding' ? verdict : { evidence: [], fix: null };
    answers.push({ id, status, severity, message, evidence, fix });
  }
  return answers;
}

/** What the system does not let this user read, and an output of another version, is no finding. */
async function verdictOf(check: Check, machine: Machine): Promise<Verdict> {
  try {
    return await check.run(machine);
  } catch (error) {
    if (!isUserError(error) && systemErrorCode(error) === undefined) throw error;
    return { status: 'notApplicable', message: messageOf(error) };
  }
}
