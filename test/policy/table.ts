import { readFileSync } from 'node:fs';
import type { ToolCall } from '../../generators/policy/call.ts';
import { worldOf } from '../../generators/policy/world.ts';

/** The environment of the tables' calls. */
export const tableEnv = { HOME: '/home/ann', USER: 'ann', GITHUB_TOKEN: 'x', DB_PASSWORD: 'y' };

/** The surroundings of the tables' calls. */
export const tableWorld = worldOf('/home/ann/app', tableEnv);

export interface Row {
  /** none: no answer; pass: not stopped, advice may come */
  expected: 'none' | 'pass' | 'advise' | 'ask' | 'block';
  rule: string;
  /** As in the table. */
  text: string;
  call: ToolCall;
}

const rowPattern = /^(none|pass|advise|ask|block) \| ?([\w-]*) ?\| (.*)$/;

/** The rows of a table: `expected | rule | call`. A call is a command (`⏎` is a line break), or a tool with its input. */
export function readTable(name: string): Row[] {
  const text = readFileSync(new URL(`tables/${name}.txt`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, expected, rule = '', call = ''] = rowPattern.exec(line) ?? [];
      if (expected === undefined) throw new Error(`not a row of \`${name}\`: ${line}`);
      return { expected: expected as Row['expected'], rule, text: call, call: toCall(call) };
    });
}

/** A call as a table writes it. */
export function toCall(text: string): ToolCall {
  const [, tool, input] = /^([A-Z]\w+|mcp__\w+) (\{.*\})$/.exec(text) ?? [];
  if (tool !== undefined && input !== undefined) return { tool, input: JSON.parse(input) };
  return { tool: 'Bash', input: { command: text.replaceAll('⏎', '\n') } };
}
