import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes, themes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, problems } = await openPage(browser, { context });
  await computeSomeScenes(page);
  await page.getByRole('link', { name: 'Change settings' }).click();
  await page
    .locator('label')
    .filter({ hasText: /^\s*layer3\/relu\b/ })
    .click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
  expect(problems).toEqual([]);
  await page.close();
}, 400_000);
afterAll(() => browser.close());

async function compare(): Promise<Page> {
  const { page } = await openPage(browser, { context, path: '#page=compare' });
  await page.getByRole('heading', { level: 1, name: 'Compare layers' }).waitFor();
  await page.getByRole('region', { name: 'Layers in numbers' }).locator('tbody tr').nth(1).waitFor();
  return page;
}

describe('two layers', () => {
  it('stand side by side, and their numbers lead to their units', async () => {
    const page = await compare();
    const rows = page.getByRole('region', { name: 'Layers in numbers' }).locator('tbody tr');
    expect(await rows.count()).toBe(2);
    const names = await rows.getByRole('rowheader').allInnerTexts();
    expect(new Set(names).size).toBe(2);
    const explained = rows.first().locator('td').nth(1).getByRole('link');
    const count = Number((await explained.innerText()).replaceAll(',', ''));
    await explained.click();
    await page.getByRole('table', { name: 'Units' }).waitFor();
    expect(Number(/^\d+/.exec(await page.locator('.count').innerText())?.[0])).toBe(count);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(names[0]);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Compare layers' }).waitFor();
    await page.close();
  });

  it('are drawn in charts, each with a table behind it', async () => {
    const page = await compare();
    expect(await page.locator('figure').count()).toBe(4);
    await expect.poll(() => page.locator('figure svg[role=img]').count(), { timeout: 20_000 }).toBe(4);
    for (let chart = 0; chart < 4; chart += 1)
      await page.getByRole('button', { name: 'Show as table' }).first().click();
    const tables = page.locator('figure table');
    expect(await tables.count()).toBe(4);
    for (const table of await tables.all()) expect(await table.locator('tbody tr').count()).toBe(2);
    await page.close();
  });

  it('tell where a concept is used, and by which units', async () => {
    const page = await compare();
    await page.getByLabel('Concept', { exact: true }).fill('water');
    await page.getByRole('listbox').getByRole('option').first().click();
    expect(page.url()).toMatch(/uses=\d+/);
    const section = page.getByRole('region', { name: 'Where is a concept used?' });
    const link = section.locator('tbody tr').first().locator('td').first().getByRole('link');
    const count = Number(await link.innerText());
    await link.click();
    await page.getByRole('table', { name: 'Units' }).waitFor();
    expect(Number(/^\d+/.exec(await page.locator('.count').innerText())?.[0])).toBe(count);
    await page.close();
  });

  it('can be left out of the comparison', async () => {
    const page = await compare();
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByRole('checkbox').first().uncheck();
    await page.keyboard.press('Escape');
    await page.getByText('1 of 2 kept results').waitFor();
    expect(page.url()).toContain('with=');
    await page.close();
  });

  it('have nothing that axe finds, in either theme, and fit', async () => {
    const page = await compare();
    await page.locator('figure svg').nth(3).waitFor();
    expect(await faultsInBothThemes(page, (theme) => screenshot(page, `compare-1280-${theme}`))).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await screenshot(page, `compare-390-${theme}`);
    }
    await page.close();
  });
});
