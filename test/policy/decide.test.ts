import { expect, test } from 'vitest';
import { decide } from '../../generators/policy/decide.ts';
import { allDefaults, allReplacements } from './policies.ts';
import { readTable, tableWorld } from './table.ts';

for (const [name, policies] of [
  ['commands', allReplacements],
  ['bypasses', allReplacements],
  ['everyday', allDefaults],
] as const) {
  test.each(readTable(name))(`${name}: $expected $rule: $text`, ({ expected, rule, call }) => {
    const { decision, findings } = decide(call, policies, tableWorld);
    const first = findings[0];
    const passes = expected === 'pass' && (decision === null || decision === 'advise');
    expect({
      decision: passes ? 'pass' : (decision ?? 'none'),
      rule: passes || findings.some((one) => one.rule === rule && one.decision === decision) ? rule : first?.rule,
      reason: first?.reason,
    }).toMatchObject({ decision: expected, ...(expected === 'none' ? {} : { rule }) });
  });
}
