import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };

let browser: Browser;
let context: BrowserContext;
let unit = '';
let sentence = '';
let file: { name: string; mimeType: string; buffer: Buffer } = { name: '', mimeType: '', buffer: Buffer.of() };

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page } = await openPage(browser, { context });
  await computeSomeScenes(page, 160);
  await page.getByRole('row').nth(1).click();
  await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires / }).waitFor();
  unit = new URL(page.url()).hash;
  sentence = await page.getByRole('heading', { level: 1 }).innerText();
  file = await saved(page);
  await page.close();
}, 280_000);
afterAll(() => browser.close());

/** Saves the workspace by the header's menu. */
async function saved(page: Page): Promise<typeof file> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Save workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save workspace' });
  await dialog.getByText(/^About /).waitFor(soon);
  await screenshot(page, 'save-workspace-1280');
  const name = await dialog.getByLabel('Name').inputValue();
  const [download] = await Promise.all([
    page.waitForEvent('download', soon),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ]);
  await dialog.waitFor({ state: 'hidden' });
  expect(download.suggestedFilename()).toBe(`${name}.formulens`);
  return {
    name: download.suggestedFilename(),
    mimeType: 'application/zip',
    buffer: await readFile(await download.path()),
  };
}

describe('a workspace file', () => {
  it('is named after what it holds', () => {
    expect(file.name).toMatch(/^scenes-[0-9a-f]{8}_layer4-relu_Drawn-scenes-[0-9a-f]{8}_.*\.formulens$/);
    expect(file.buffer.length).toBeGreaterThan(10_000);
  });

  it('opens in a browser that has nothing, without the model: the same view, table, pictures, masks and sliders', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.locator('[data-pick=files]').setInputFiles(file);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), soon).toBe(sentence);
    expect(new URL(page.url()).hash).toBe(unit);
    await page.locator('main img').first().waitFor(soon);
    await page.getByText(/^IoU of the whole formula/).waitFor(soon);
    await page.getByRole('slider', { name: 'Formula length' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), soon).not.toBe(sentence);
    await page.getByRole('link', { name: 'Units', exact: true }).click();
    await page.getByText('128 of 128 shown').waitFor();
    expect(
      await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('.onnx'))),
    ).toBe(false);
    await page.reload();
    await page.getByText('128 of 128 shown').waitFor(soon);
    expect(problems).toEqual([]);
    await close();
  });

  it('that is broken says so, and what was open stays', async () => {
    const { page, problems } = await openPage(browser, { context, path: unit });
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), soon).toBe(sentence);
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['no zip'], 'broken.formulens'));
      dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await page.getByRole('alert').filter({ hasText: 'broken.formulens' }).waitFor(soon);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(sentence);
    expect(problems).toEqual([]);
    await page.close();
  });
});
