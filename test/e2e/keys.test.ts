import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalKeys, keyGroups } from '../../src/ui/keys.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;
let layer = '';

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page } = await openPage(browser, { context });
  await computeSomeScenes(page, 160);
  layer = new URL(page.url()).hash;
  await page.close();
}, 240_000);
afterAll(() => browser.close());

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.tagName ?? '');

async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key);
}

describe('the keys', () => {
  it('lead from the start to a picture and back, without a pointer', async () => {
    const { page, problems } = await openPage(browser, { context });
    await page.locator('h1').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('skip-link');
    const recent = page.getByRole('link', { name: /scenes\.onnx/ }).first();
    await recent.waitFor();
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await recent.evaluate((link) => link === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await press(page, 'j j Enter');
    await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires / }).waitFor();
    await expect.poll(() => focused(page)).toBe('H1');
    const larger = page.locator('[data-item]').first();
    await larger.waitFor();
    for (let tabs = 0; tabs < 80; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.hasAttribute('data-item'))) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await press(page, 'n Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(page.url()).toContain('page=unit');
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: /^See what each unit/ }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it('are listed on a sheet, all of them', async () => {
    const { page, problems } = await openPage(browser, { context, path: layer });
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    const text = await sheet.innerText();
    for (const { title, lines } of keyGroups)
      for (const word of [title, ...lines.map(({ what }) => what)]) expect(text).toContain(word);
    await screenshot(page, 'keys-1280');
    await page.keyboard.press('t');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(page.url()).toContain('page=layer');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('go to every page from every page', async () => {
    const { page } = await openPage(browser, { context, path: layer });
    await page.getByRole('table', { name: 'Units' }).waitFor();
    const pages = globalKeys.filter(({ keys }) => keys.startsWith('g '));
    expect(pages.length).toBeGreaterThan(5);
    for (const { keys, does } of pages) {
      await press(page, keys);
      if (does === 'start') await page.waitForURL((url) => !url.hash.includes('page='));
      else await page.waitForURL((url) => url.hash.includes(`page=${does}`));
      await expect.poll(() => focused(page)).toBe('H1');
    }
    await page.close();
  });

  it('are letters while one types', async () => {
    const { page } = await openPage(browser, { context, path: layer });
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('gst?');
    expect(page.url()).toContain('find=gst');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.close();
  });

  it('change the theme, as the menu does', async () => {
    const { page, close } = await openPage(browser, { colorScheme: 'dark' });
    const theme = (): Promise<string | null> => page.locator('html').getAttribute('data-theme');
    await page.locator('h1').first().waitFor();
    expect(await theme()).toBe('dark');
    await page.keyboard.press('t');
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'Menu' }).click();
    expect(await page.getByRole('menuitemradio', { name: 'Light' }).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    expect(await theme()).toBe('dark');
    await close();
  });
});
