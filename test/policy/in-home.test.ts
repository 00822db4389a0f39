import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ToolCall } from '../../generators/policy/call.ts';
import { asExpected } from '../../generators/policy/call-table.ts';
import { decide } from '../../generators/policy/decide.ts';
import { worldOf } from '../../generators/policy/world.ts';
import { requires } from '../requires.ts';
import { callJson } from './calls.ts';
import { judgeFast } from './judge.ts';
import { pluginFolder } from './plugin-folder.ts';
import { allDefaults } from './policies.ts';
import { environmentOf, makeSampleHome } from './sample-home.ts';
import { readTable } from './table.ts';

const git = requires('git');
const home = git.missing === null ? makeSampleHome() : '/home/ann';
const app = join(home, 'app');
// The machine of a test may be busy; the limit has a test of its own.
const world = { ...worldOf(app, environmentOf(home)), gitPatience: 60_000 };
const inHome = (call: ToolCall): ToolCall => JSON.parse(JSON.stringify(call).replaceAll('/home/ann', home));
const rows = ['benign-in-home', 'stopped-in-home'].flatMap((name) =>
  readTable(name).map((row) => ({ ...row, call: inHome(row.call) })),
);

describe(`calls in a home with uncommitted work${git.why}`, () => {
  test.skipIf(git.missing).each(rows)('$expected: $text', (row) => {
    const verdict = decide(row.call, allDefaults, world);
    expect(asExpected(row, verdict), JSON.stringify(verdict)).toBe(true);
  });

  test.skipIf(git.missing)('the fast path lets none pass that the exact path stops', async () => {
    const plugin = await pluginFolder(allDefaults);
    const calls = rows.map(({ call: { tool, input } }) => callJson(tool, input, app));
    const answers = judgeFast(plugin, calls, environmentOf(home));
    expect(answers).toHaveLength(rows.length);
    const passed = rows.filter((_, index) => answers[index] === 'P');
    expect(passed.filter(({ call }) => decide(call, allDefaults, world).decision !== null)).toEqual([]);
    const benign = [...answers].filter((answer, index) => answer === 'P' && rows[index]?.expected === 'pass').length;
    expect(benign / rows.filter(({ expected }) => expected === 'pass').length).toBeGreaterThan(0.3);
  });
});
