import { expect, test } from 'vitest';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { allDefaults } from './policies.ts';
import { readTable } from './table.ts';

const world = worldOf('/home/ann/app', { HOME: '/home/ann', USER: 'ann' });

for (const name of ['commands', 'bypasses']) {
  test.each(readTable(name))(`${name}: $expected $rule: $command`, ({ expected, rule, command }) => {
    const { decision, findings } = decide({ tool: 'Bash', input: { command } }, allDefaults, world);
    const first = findings[0];
    expect({
      decision: decision ?? 'none',
      rule: findings.some((one) => one.rule === rule && one.decision === decision) ? rule : (first?.rule ?? ''),
      reason: first?.reason,
    }).toMatchObject({
      decision: expected,
      rule,
    });
  });
}
