import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withProgress } from '../../generators/commands/progress.ts';

let written = '';
beforeEach(() => {
  written = '';
  vi.useFakeTimers();
  vi.stubEnv('TERM', 'xterm');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
  setTerminal(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  setTerminal(undefined);
});
function setTerminal(isTTY: boolean | undefined): void {
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  Object.defineProperty(process.stderr, 'columns', { value: 40, configurable: true });
}
const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a task of less than two seconds shows nothing', async () => {
  const task = withProgress('reading', async (report) => {
    report('1 of 2');
    await after(1900);
    return 'result';
  });
  await vi.advanceTimersByTimeAsync(1900);
  expect(await task).toBe('result');
  expect(written).toBe('');
});

test('a longer task shows one line, no wider than the terminal, and removes it', async () => {
  const task = withProgress('reading', async (report) => {
    report(`1 of ${'2'.repeat(60)}`);
    await after(3500);
  });
  await vi.advanceTimersByTimeAsync(3500);
  await task;
  const lines = written.split('\r\u001b[K');
  expect(lines[1]).toMatch(/^reading: 1 of 2+$/);
  expect(lines[1]).toHaveLength(39);
  expect(lines.at(-1)).toBe('');
  expect(written).not.toContain('\n');
});

test('a task that fails removes the line, too', async () => {
  const task = withProgress('reading', async () => {
    await after(3000);
    throw new Error('no');
  });
  const caught = expect(task).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(3000);
  await caught;
  expect(written).toMatch(/reading: \d s/);
  expect(written.endsWith('\r\u001b[K')).toBe(true);
});

test('a task that never waits shows what it reports', async () => {
  await withProgress('reading', async (report) => {
    vi.setSystemTime(Date.now() + 2500);
    report('5 of 9');
  });
  expect(written).toContain('reading: 5 of 9, 3 s');
});

test.each([
  ['no terminal', () => setTerminal(undefined)],
  ['a terminal that cannot erase a line', () => vi.stubEnv('TERM', 'dumb')],
])('%s: nothing', async (_, set) => {
  set();
  const task = withProgress('reading', () => after(5000));
  await vi.advanceTimersByTimeAsync(5000);
  await task;
  expect(written).toBe('');
});
