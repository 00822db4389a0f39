import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import type { Live } from '../../generators/report/live.tsx';
import { renderReport } from '../../generators/report/report.tsx';
import { requires } from '../requires.ts';
import { plant } from '../tree.ts';
import { chromiumProgram, openReport, startBrowser, violations } from './browser.ts';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));
const hosts = ['bare-home', 'example', 'server', 'workstation'];
const scratch = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function reportOf(host: string): string {
  return buildOutput(readEvidence(`${golden}${host}/input`)).files.get('report.html') ?? '';
}

describe('the page', () => {
  test.each(hosts)('%s: the same evidence gives the same bytes', (host) => {
    expect(reportOf(host)).toBe(reportOf(host));
  });

  test('a host of 200 packages stays below 300 kB, and the script below 40 kB', () => {
    const page = reportOf('workstation');
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(script.length).toBeGreaterThan(500);
    expect(Buffer.byteLength(script)).toBeLessThan(40_000);
  });
});

/** Text that would run, open, hide or reverse something if it were not data. */
const hostile = [
  '</script><script>document.title = "run"</script>',
  '"><img src=x onerror="document.title = \'run\'">',
  '<a href="javascript:alert(1)">here</a>',
  '\u202Egnirts\u202C\u0007\u200B\uFEFF',
  'n'.repeat(300),
].join(' ');

/** The files of an output in which every description, name and reason has the text. */
function hostileFiles(): Map<string, string> {
  const { files } = buildOutput(readEvidence(`${golden}workstation/input`));
  const texts = new Set([
    'text',
    'name',
    'description',
    'words',
    'command',
    'reason',
    'storeName',
    'version',
    'unless',
  ]);
  const poison = (key: string, value: unknown): unknown =>
    texts.has(key) && typeof value === 'string' ? `${value} ${hostile}` : value;
  return new Map(
    [...files].map(([path, text]) => [
      path,
      path.endsWith('.json') && !path.includes('/schemas/') && !path.endsWith('policies.json')
        ? JSON.stringify(JSON.parse(text, poison))
        : path === 'CLAUDE.md'
          ? text.replaceAll('ripgrep', hostile)
          : text,
    ]),
  );
}

describe('foreign text', () => {
  test('becomes no element, no link and no hidden character', () => {
    const page = renderReport(hostileFiles());
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|<a href="(?!#)|[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(page).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
    expect(page).toContain('&lt;/script>');
  });
});

describe('what only the user may see', () => {
  const live: Live = {
    findings: [
      { id: 'left-behind', severity: 'warning', message: 'private finding', evidence: ['~/x'], fix: 'rm ~/x' },
    ],
    outcomes: [{ rule: 'destructive', decision: 'ask', count: 7, first: '2026-11-01', last: '2026-11-19' }],
    values: new Map([['system networking.hostName', '"private value"']]),
  };

  test('is shown with it, and is in no other report', () => {
    const { files } = buildOutput(readEvidence(`${golden}example/input`));
    const page = renderReport(files, live);
    expect(page).toContain('private finding');
    expect(page).toContain('What the hook decided');
    expect(page).toContain('&quot;private value&quot;');
    expect(renderReport(files)).toBe(files.get('report.html'));
    expect(renderReport(files)).not.toMatch(/private (?:finding|value)|What the hook decided|This machine now/);
  });
});

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

describe.skipIf(!existsSync(cli))('the command (skipped without `npm run build`)', () => {
  const output = join(scratch, 'output');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'report', ...args], { encoding: 'utf8', env: { ...process.env, HOME: scratch } });
  beforeAll(() => {
    const files = buildOutput(readEvidence(`${golden}example/input`)).files;
    plant(output, Object.fromEntries(files));
  });

  test('writes the page of the build, for the user alone, and replaces only a report', () => {
    const file = join(scratch, 'mine.html');
    for (let times = 0; times < 2; times += 1) {
      expect(run('--dir', output, '--out', file)).toMatchObject({ status: 0, stdout: `${file}\n` });
      expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(output, 'report.html'), 'utf8'));
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    writeFileSync(file, 'a file of the user');
    expect(run('--dir', output, '--out', file).stderr).toContain('expected a new file or an earlier report');
    expect(readFileSync(file, 'utf8')).toBe('a file of the user');
  });

  test('names the command that supplies a missing output', () => {
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('nixos-rebuild switch') });
  });

  test('--live writes into a file of the user, never into the store', () => {
    const file = join(scratch, 'live.html');
    expect(run('--live', '--dir', output, '--out', file).status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('This machine now');
    expect(run('--live', '--dir', output, '--out', '/nix/store/live.html').status).toBe(2);
  });
});

const chromium = requires(chromiumProgram);

describe.skipIf(chromium.missing)(`in Chromium${chromium.why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    for (const host of hosts) writeFileSync(join(scratch, `${host}.html`), reportOf(host));
    writeFileSync(join(scratch, 'hostile.html'), renderReport(hostileFiles()));
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  const open = (host: string, options: Parameters<Browser['newContext']>[0] = {}) =>
    openReport(browser, join(scratch, `${host}.html`), options);

  test.each([...hosts, 'hostile'])('%s: opens without a network, a request or a message', async (host) => {
    const { page, requests, messages } = await open(host);
    await page.waitForTimeout(200);
    expect({ requests, messages }).toEqual({ requests: [], messages: [] });
    expect(await page.title()).toMatch(/: system report$/);
    await page.context().close();
  });

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(hosts)('%s: axe finds nothing', async (host) => {
      const { page } = await open(host, { colorScheme });
      // Everything that can be opened is looked at.
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    });
  });

  test.each([...hosts, 'hostile'])('%s: no part is wider than a window of 400 pixels', async (host) => {
    const { page } = await open(host, { viewport: { width: 400, height: 800 } });
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    await page.context().close();
  });

  test('is complete without JavaScript', async () => {
    const { page } = await open('example', { javaScriptEnabled: false });
    const text = await page.locator('main').innerText();
    expect(text).toContain('uv resolves the environment of the shop in two seconds, poetry took ninety.');
    expect(text).toContain('packages.nix:5');
    expect(await page.locator('.tools tbody tr').count()).toBe(26);
    // What does nothing without JavaScript is not shown.
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('button').count()).toBe(0);
    await page.locator('#why-list summary').click();
    expect(await page.locator('#why-package-1').isVisible()).toBe(true);
    await page.context().close();
  });

  test('search, sort and filter work by keyboard alone', async () => {
    const { page } = await open('example');
    const names = async (): Promise<string[]> => page.locator('.tools tbody tr:visible .name').allInnerTexts();
    await focusByTab(page, 'input[name=search]');
    await page.keyboard.type('git');
    const found = await names();
    expect(found).toContain('lazygit');
    expect(found).not.toContain('jq');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    expect(await names()).toHaveLength(26);

    await focusByTab(page, '.tools th:nth-child(4) button');
    await page.keyboard.press('Enter');
    expect((await names())[0]).toBe('docker');
    expect(await page.locator('.tools th:nth-child(4)').getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Enter');
    expect((await names()).at(-1)).toBe('docker');

    await page.locator('select[name=verdict]').focus();
    await page.keyboard.type('unused');
    const unused = await names();
    expect(unused).toContain('glow');
    expect(unused).toHaveLength(await page.locator('.tools td[data-v="unused"]').count());
    await page.context().close();
  });

  test('each tile says why it is there, by mouse, by keyboard and in the table', async () => {
    const { page } = await open('workstation');
    const tiles = page.locator('.treemap.wide .tile');
    const count = await tiles.count();
    expect(count).toBeGreaterThan(30);
    await focusByTab(page, '.treemap.wide .tile');
    for (let index = 0; index < count; index += 1) {
      const tile = tiles.nth(index);
      const label = (await tile.locator('title').textContent()) ?? '';
      const why = /^.+? (?:[kMGT]B|bytes?): (.+)$/.exec(label)?.[1] ?? '';
      expect(why, label).not.toBe('');
      expect(await page.locator('.why').innerText()).toBe(label);
      const row = page.locator((await tile.getAttribute('href')) ?? '');
      expect(await row.textContent()).toContain(why);
      await page.keyboard.press('ArrowRight');
    }
    await page.context().close();
  });
});

/** Presses Tab until an element that matches has the focus. */
async function focusByTab(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 300; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}
