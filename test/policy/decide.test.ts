import { expect, test } from 'vitest';
import { asExpected } from '../../generators/policy/call-table.ts';
import { decide } from '../../generators/policy/decide.ts';
import { allDefaults, allReplacements, policiesWith } from './policies.ts';
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

test.each([
  [true, 'nix shell nixpkgs#NAME'],
  [false, 'nix-shell -p NAME'],
])('a package is tried once with the tools that the configuration uses (flake: %s)', (used, command) => {
  const policies = policiesWith({}, { used, checkout: null, attribute: null, inputs: [] });
  const call = { tool: 'Bash', input: { command: 'nix-env -iA nixpkgs.jq' }, cwd: '/home/ann' };
  expect(decide(call, policies, tableWorld).findings[0]?.reason).toContain(`to try a package once: \`${command}\``);
});
