import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A page of the report, and what a browser without a network did with it. */
export interface OpenReport {
  page: Page;
  /** URLs that the page asked for, its own file aside. */
  requests: string[];
  /** What was written to the console, refused content included. */
  messages: string[];
}

/** Chromium of the distribution; its sandbox needs a user other than root. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

export const chromiumProgram = 'chromium';
const chromiumPath = '/usr/bin/chromium';

export async function openReport(
  browser: Browser,
  file: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<OpenReport> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  const own = pathToFileURL(file).href;
  const requests: string[] = [];
  const messages: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== own) requests.push(request.url());
  });
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  await page.goto(own);
  return { page, requests, messages };
}

/** What axe finds, one line for each rule. */
export async function violations(page: Page): Promise<string[]> {
  // The page's policy forbids scripts but its own, so axe is run by the browser's debugger.
  return page.evaluate(`${axe.source}; axe.run().then(({ violations }) => violations.map(
    ({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`);
}
