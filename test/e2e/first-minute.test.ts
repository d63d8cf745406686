import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { scenesCard } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const requestedFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));

describe('the first minute', () => {
  it('says what this is and offers samples', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.getByRole('heading', { level: 1, name: /what each unit of a neural network looks for/ }).waitFor();
    await page.getByText('no file leaves this machine').waitFor();
    expect(await page.getByRole('button', { name: 'Explore' }).count()).toBe(3);
    await screenshot(page, 'start');
    expect(problems).toEqual([]);
    await close();
  });

  it.each([
    ['Scenes', 128],
    ['COCO MobileNet', 1280],
  ])('shows the ready-made results of %s without a model', async (title, units) => {
    const { page, problems, close } = await openPage(browser);
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    await card.getByRole('button', { name: 'Explore' }).click();
    await page.locator('a[href*="unit="]').first().waitFor();
    await page
      .getByText(`${units.toLocaleString('en')} of ${units.toLocaleString('en')}`)
      .first()
      .waitFor();
    expect((await requestedFiles(page)).filter((name) => /\.onnx|\.wasm/.test(name))).toEqual([]);
    // The first row's unit has its pictures and masks.
    await page.locator('a[href*="unit="]').first().click();
    await page.locator('main img').first().waitFor();
    await page.locator('canvas[data-drawn="true"]').first().waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  it('takes a guided look at one unit', async () => {
    const { page, problems, close } = await openPage(browser);
    await scenesCard(page).getByRole('button', { name: 'Guided look' }).click();
    const stop = page.getByRole('dialog', { name: 'Guided look' });
    await stop.getByText('1 of 6').waitFor();
    await screenshot(page, 'guided-look');
    // What is being measured anew is paler until it is done.
    await expect.poll(() => page.locator('.older').count()).toBe(0);
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    expect(await faults(page)).toEqual([]);
    const titles: string[] = [];
    for (let at = 1; at <= 6; at += 1) {
      await stop.getByText(`${at} of 6`).waitFor();
      titles.push(await stop.getByRole('heading').innerText());
      expect(await page.locator('.tour-lit').count()).toBe(1);
      await stop.getByRole('button', { name: at < 6 ? 'Next' : 'Done' }).click();
    }
    expect(new Set(titles).size).toBe(6);
    await stop.waitFor({ state: 'detached' });
    expect(page.url()).toContain('page=unit');
    expect(problems).toEqual([]);
    await close();
  });

  it('prepares a run: pictures, what it costs, several layers, fewer samples', async () => {
    const { page, problems, close } = await openPage(browser, { path: '#page=prepare' });
    await page.getByRole('button', { name: 'Scenes', exact: true }).click();
    const pictures = page.getByRole('list', { name: 'Some of its pictures' }).getByRole('img');
    await expect.poll(() => pictures.count(), { timeout: 60_000 }).toBe(6);
    const cost = page.locator('.cost');
    await cost.getByText(/^about/).waitFor({ timeout: 60_000 });
    const storage = async (): Promise<string> => cost.locator('dd').nth(2).innerText();
    const all = await storage();
    await page.getByLabel('Samples', { exact: true }).fill('64');
    await page.keyboard.press('Enter');
    await expect.poll(storage, { timeout: 60_000 }).not.toBe(all);
    const unchosen = page.locator('fieldset input[type=checkbox]:not(:checked)').last();
    await unchosen.check({ force: true });
    await page.getByText('2 layers chosen').waitFor();
    await screenshot(page, 'prepare');
    expect(await faults(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it('tells what to prepare, with lines to copy, and what the words mean', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.getByRole('link', { name: 'What the words mean' }).click();
    for (const word of ['Unit', 'Mask', 'Concept', 'IoU', 'Formula length']) {
      await page
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${word}$`) })
        .waitFor();
    }
    const lines = page.getByRole('group', { name: 'Lines that export a PyTorch model', exact: true });
    expect(await lines.innerText()).toContain('torch.onnx.export(');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await lines.innerText());
    expect(problems).toEqual([]);
    await close();
  });
});
