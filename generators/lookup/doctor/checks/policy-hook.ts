import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isTable, itemsAt, objectAt, textAt } from '../../../json-value.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { claudeFolder, type Machine, textOf } from '../machine.ts';

const managed = '/etc/claude-code/managed-settings.d/50-nixos-intelligence.json';

/** More than the hook's own limit of processor time, in milliseconds. */
const patience = 5000;

export const policyHook: Check = {
  id: 'policy-hook',
  severity: 'error',
  reads: 'the linked plugin or the managed settings; runs the hook with a harmless call',
  async run(machine) {
    const { output } = machine;
    if (output === null) return notApplicable(machine.noOutput);
    if (!output.has('policies') || output.read('policies').rules.length === 0) {
      return notApplicable('no policy rule is active');
    }
    const files = [managed, join(claudeFolder(machine), 'skills/nixos-intelligence/hooks/hooks.json')];
    const registered = files.flatMap((file) => {
      const command = commandOf(textOf(machine, file));
      return command === undefined ? [] : [{ file, command }];
    });
    const { rebuildCommand, parts } = output.source;
    const [first] = registered;
    if (first === undefined) {
      if (parts !== null && !parts.hook) return notApplicable('the configuration does not link the hook');
      return finding('policies are active, but their hook is not linked', files, rebuildCommand);
    }
    const answers = await Promise.all(calls(machine.home).map((call) => answerTo(first.command, call, machine)));
    const failure = answers.find((answer) => answer !== null);
    if (failure !== undefined)
      return finding('the policy hook does not answer', [first.file, failure ?? ''], rebuildCommand);
    return ok('the policy hook answers');
  },
};

/** A call that the script answers by itself, and one that it hands to Node. Neither is run: the hook only reads it. */
function calls(home: string): string[] {
  return ['true', 'true\ntrue'].map((command) =>
    JSON.stringify({
      cwd: home,
      session_id: 'doctor',
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command },
    }),
  );
}

/** The command line of the hook in settings or in `hooks.json`. */
function commandOf(text: string | undefined): string | undefined {
  let settings: unknown;
  try {
    settings = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const [entry] = itemsAt(objectAt(settings, 'hooks'), 'PreToolUse');
  const [hook] = itemsAt(entry, 'hooks');
  return textAt(hook, 'command');
}

/** What is wrong with the answer to a call; null: nothing. */
function answerTo(command: string, call: string, { home, user, env }: Machine): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(
      'sh',
      ['-c', command],
      { timeout: patience, env: { PATH: env.PATH, HOME: home, USER: user }, maxBuffer: 1 << 20 },
      (error, stdout, stderr) => {
        if (error?.killed) resolve(`no answer within ${patience / 1000} seconds`);
        else if (error) resolve(`exit status ${error.code}: ${stderr.trim().split('\n', 1)[0]}`);
        else resolve(wrong(stdout));
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(call);
  });
}

function wrong(stdout: string): string | null {
  if (stdout.trim() === '') return null;
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch {
    return 'the answer is not JSON';
  }
  const reason = textAt(isTable(answer) ? answer.hookSpecificOutput : undefined, 'permissionDecisionReason') ?? '';
  // A rule of the user may match even this call; the hook's own failure is worded by `respondFailure`.
  return reason.startsWith('nixos-intelligence: ') ? reason : null;
}
