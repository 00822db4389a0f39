import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { requires } from '../requires.ts';
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

const chromium = requires(chromiumProgram);

describe.skipIf(chromium.missing)(`in Chromium${chromium.why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    for (const host of hosts) writeFileSync(join(scratch, `${host}.html`), reportOf(host));
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  const open = (host: string, options: Parameters<Browser['newContext']>[0] = {}) =>
    openReport(browser, join(scratch, `${host}.html`), options);

  test.each(hosts)('%s: opens without a network, a request or a message', async (host) => {
    const { page, requests, messages } = await open(host);
    await page.waitForTimeout(200);
    expect({ requests, messages }).toEqual({ requests: [], messages: [] });
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

  test.each(hosts)('%s: no part is wider than a window of 400 pixels', async (host) => {
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
    expect((await names()).sort()).toEqual(['glow', 'yq-go']);
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
