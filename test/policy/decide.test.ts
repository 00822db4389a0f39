import { expect, test } from 'vitest';
import { asExpected } from '../../generators/policy/call-table.ts';
import { decide } from '../../generators/policy/decide.ts';
import { allDefaults, allReplacements } from './policies.ts';
import { readTable, tableWorld } from './table.ts';

for (const [name, policies] of [
  ['commands', allReplacements],
  ['bypasses', allReplacements],
  ['everyday', allDefaults],
  ['benign', allDefaults],
] as const) {
  test.each(readTable(name))(`${name}: $expected $rule: $text`, (row) => {
    const verdict = decide(row.call, policies, tableWorld);
    const { decision, findings } = verdict;
    expect(asExpected(row, verdict), JSON.stringify({ decision, findings })).toBe(true);
  });
}
