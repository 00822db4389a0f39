import { UserError } from '../errors.ts';
import { visible } from '../text.ts';
import type { ToolCall } from './call.ts';
import type { Verdict } from './decide.ts';

/** A row of a table of calls. */
export interface Row {
  /** In the file, from 1. */
  line: number;
  /** none: no answer; pass: not stopped, advice may come; stop: ask or block */
  expected: 'none' | 'pass' | 'stop' | 'advise' | 'ask' | 'block';
  /** The rule that decides; empty: any. */
  rule: string;
  /** The call as in the table. */
  text: string;
  call: ToolCall;
}

const expectations: readonly Row['expected'][] = ['none', 'pass', 'stop', 'advise', 'ask', 'block'];

/**
 * The rows of a table: `expected | rule | call`. A call is a command line (`⏎` is a line break) or a tool with its
 * input: `Read {"file_path": "/x"}`. Empty lines and lines with `#` at the start are left out.
 *
 * @throws UserError `input` for a line that is no row
 */
export function readCallTable(source: string, file: string): Row[] {
  return source.split('\n').flatMap((text, index) => {
    if (text.trim() === '' || text.startsWith('#')) return [];
    const [, word, rule = '', call = ''] = /^\s*(\w+)\s*\|\s*([\w-]*)\s*\| ?(.*)$/.exec(text) ?? [];
    const expected = expectations.find((one) => one === word);
    if (expected === undefined) {
      throw new UserError('input', `\`${visible(file)}:${index + 1}\`: expected \`DECISION | RULE | CALL\``, {
        hint: `DECISION is one of ${expectations.join(', ')}`,
      });
    }
    return [{ line: index + 1, expected, rule, text: call, call: toCall(call) }];
  });
}

/** A call as a table writes it. */
export function toCall(text: string): ToolCall {
  const [, tool, input] = /^([A-Z]\w+|mcp__[\w-]+) (\{.*\})$/.exec(text) ?? [];
  if (tool !== undefined && input !== undefined) {
    try {
      return { tool, input: JSON.parse(input) };
    } catch {
      // A command that only looks like a tool.
    }
  }
  return { tool: 'Bash', input: { command: text.replaceAll('⏎', '\n') } };
}

/** Whether a verdict is what a row expects. */
export function asExpected({ expected, rule }: Row, { decision, findings }: Verdict): boolean {
  if (expected === 'none') return decision === null;
  if (expected === 'pass') return decision === null || decision === 'advise';
  const as = expected === 'stop' ? decision === 'ask' || decision === 'block' : decision === expected;
  return as && findings.some((one) => one.decision === decision && (rule === '' || one.rule === rule));
}
