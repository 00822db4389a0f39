import { expect, test } from 'vitest';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { allDefaults } from './policies.ts';

const world = worldOf('/home/ann/app', { HOME: '/home/ann', USER: 'ann' });

/** The client lets a call pass when the hook takes too long, so no line may keep the hook busy. */
test.each([
  ['braces', `echo ${'{a,b}'.repeat(40)}`],
  ['nested braces', `echo ${'{a,'.repeat(200)}${'}'.repeat(200)}`],
  ['nested substitutions', `${'echo $('.repeat(2000)}x${')'.repeat(2000)}`],
  ['nested groups', `${'('.repeat(5000)}ls${')'.repeat(5000)}`],
  ['a variable that doubles', `x=a; ${'x=$x$x; '.repeat(200)} $x`],
  ['many alternatives', `${Array.from({ length: 40 }, (_, n) => `a=${n}; b=${n};`).join(' ')} $a $b $a $b $a $b`],
  ['many commands', 'ls -la foo && '.repeat(5000).concat('true')],
  ['a long word', `echo ${'a'.repeat(300_000)}`],
  ['many quotes', `python3 -c '${'"a" '.repeat(20_000)}system'`],
  ['a long here-document', `cat > x <<'EOF'\n${'rm -rf ~\n'.repeat(20_000)}EOF`],
  ['open quotes', `"${'`'.repeat(3000)}`],
  ['many words', `echo ${'a '.repeat(40_000)} | xargs rm -rf; cat .env`],
  ['many removals', `${'rm -rf x$y; '.repeat(5000)}cat .env`],
  ['many pipelines', `${'echo a | xargs rm -rf; '.repeat(3000)}cat .env`],
  ['many assignments', `${'x=$x$y; '.repeat(5000)}cat .env`],
  ['many arguments with values', `cat ${'-A x '.repeat(20_000)} .env`],
  ['many secrets', `cat ${'.env '.repeat(20_000)}`],
  ['shells in shells', `${'bash -c "'.repeat(200)}`],
])('%s: an answer comes', (_, command) => {
  const { decision } = decide({ tool: 'Bash', input: { command } }, allDefaults, world);
  expect([null, 'advise', 'ask', 'block']).toContain(decision);
});

/** Processor time in ms: other processes do not count. */
function cpu(command: string): number {
  const start = process.cpuUsage();
  decide({ tool: 'Bash', input: { command } }, allDefaults, world);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

test.each<[string, (n: number) => string]>([
  ['words', (n) => `echo ${'a '.repeat(n)} | xargs rm -rf; cat .env`],
  ['removals', (n) => `${'rm -rf x$y; '.repeat(n / 8)}cat .env`],
  ['pipelines', (n) => `${'echo a | xargs rm -rf; '.repeat(n / 8)}cat .env`],
  ['different findings', (n) => Array.from({ length: n / 8 }, (_, at) => `cat .env.${at}`).join(';')],
])('four times the %s take about four times as long', (_, line) => {
  cpu(line(8000));
  expect(cpu(line(32_000)) / Math.max(cpu(line(8000)), 5)).toBeLessThan(10);
});

test('braces that are cut off hide no word before the cut', () => {
  const { decision } = decide({ tool: 'Bash', input: { command: '{rm,-rf,~}' } }, allDefaults, world);
  expect(decision).toBe('ask');
});

test.each([`x > ${'a'.repeat(300)}`, `rm ${'a/'.repeat(3000)}b`, `git -C ${'a'.repeat(300)} reset --hard`])(
  'a path that cannot be looked at is no failure: %.30s',
  (command) => {
    expect(() => decide({ tool: 'Bash', input: { command } }, allDefaults, world)).not.toThrow();
  },
);
