import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { builtFolder, serveDeep, waitUntilKept } from './support/static-site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('after one visit that used the sample', () => {
  it('the whole flow works with the server stopped, also where nothing was kept but the files', async () => {
    const site = await serveDeep();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const { page, problems } = await openPage(browser, { context, base: site.url });
    await waitUntilKept(page);
    await computeSomeScenes(page);
    await site.close();
    await page.goto('about:blank');
    await forgetResults(page, site.url);
    await page.goto(site.url);
    await page.locator('h1').first().waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await computeSomeScenes(page);
    await page.getByRole('cell').getByRole('link').first().click();
    await page.locator('main canvas').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a newer version', () => {
  let folder: string;
  beforeAll(() => {
    folder = `${mkdtempSync(join(tmpdir(), 'formulens-site-'))}/`;
    cpSync(builtFolder, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is offered, taken when asked for, and what the older one kept is removed', async () => {
    const site = await serveDeep(folder);
    const context = await browser.newContext();
    const { page, problems } = await openPage(browser, { context, base: site.url });
    await waitUntilKept(page);
    const [before] = await shells(page);
    publishAnother(folder);
    await page.reload();
    const offer = page.getByText('A new version is ready.');
    await offer.waitFor();
    expect(await page.title()).not.toContain('second');
    expect(await shells(page)).toHaveLength(2);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.locator('meta[name=build][content=second]').waitFor({ state: 'attached' });
    await waitUntilKept(page);
    expect(await offer.count()).toBe(0);
    await expect.poll(() => shells(page)).toHaveLength(1);
    expect(await shells(page)).not.toContain(before);
    expect(problems).toEqual([]);
    await context.close();
    await site.close();
  });
});

/** Names of what is kept of builds. */
function shells(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(' shell ')));
}

/** Puts the mark of another build into a built folder, as publishing one would. */
function publishAnother(folder: string): void {
  const page = join(folder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<title>', '<meta name="build" content="second" /><title>'));
  const worker = join(folder, 'sw.js');
  writeFileSync(worker, readFileSync(worker, 'utf8').replace(/(version:\s*.)[0-9a-f]{16}/, '$10123456789abcdef'));
}

/** Deletes all databases of a site, as if only the files of the page had been kept. */
async function forgetResults(page: Page, url: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'indexeddb' });
  await devtools.detach();
}
