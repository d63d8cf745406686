import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { scenesCard } from './support/sample.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface NamedFile {
  readonly name: string;
  readonly text: string;
}

/** Drops files on the page as a person would from the desktop. */
async function drop(page: Page, files: readonly NamedFile[]): Promise<void> {
  await page.evaluate((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, text } of dropped) transfer.items.add(new File([text], name));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, files);
}

describe('a drop', () => {
  it.each([
    ['resnet.onnx', '<!doctype html><html></html>', 'resnet.onnx'],
    ['empty.onnx', '', 'empty.onnx'],
  ])('of %s that is no model says what it is, on the model card', async (name, text, mentioned) => {
    const { page, close } = await openPage(browser);
    await page.locator('h1').waitFor();
    await drop(page, [{ name, text }]);
    const alert = page.getByRole('region', { name: 'Model' }).getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain(mentioned);
    expect(await alert.innerText()).toMatch(/onnx\/|jobs\//);
    await close();
  });

  it('of a broken probing set says so on its own card, and keeps what is open', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.locator('h1').waitFor();
    await drop(page, [{ name: 'broden.zip', text: 'not a zip' }]);
    const card = page.getByRole('region', { name: 'Probing set' });
    await card.getByRole('alert').waitFor();
    expect(await card.getByRole('alert').innerText()).toContain('broden.zip');
    expect(await page.getByRole('region', { name: 'Model' }).getByRole('alert').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });

  it('of a picture on its own says what to drop instead, and stays on the page', async () => {
    const { page, close } = await openPage(browser);
    await page.locator('h1').waitFor();
    await drop(page, [{ name: 'cat.jpg', text: 'x' }]);
    await page.getByText('cat.jpg is a picture on its own.').waitFor();
    expect(page.url()).not.toContain('page=prepare');
    await close();
  });

  it('picked by button is the same as dropped', async () => {
    const { page, close } = await openPage(browser);
    await page
      .locator('[data-pick=files]')
      .setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await page.getByText('notes.json is not enough on its own.').waitFor();
    await close();
  });
});

describe('a run', () => {
  it('is cancelled within a second, says so, and leaves the model and the probing set open', async () => {
    const { page, close } = await openPage(browser);
    await scenesCard(page).getByRole('button', { name: 'Compute it here' }).click();
    await page
      .getByText(/^Running the model: [1-9]/)
      .first()
      .waitFor({ timeout: 60_000 });
    const from = Date.now();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page
      .getByText(/^Cancelled\./)
      .first()
      .waitFor();
    expect(Date.now() - from).toBeLessThan(1000);
    await page.getByRole('link', { name: 'Prepare another run' }).click();
    await page.getByText('scenes.onnx').waitFor();
    expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
    await close();
  });

  it('does not start with a setting that makes no sense, which is said at its field and not remembered', async () => {
    const { page, close } = await openPage(browser, { path: '#page=prepare' });
    const field = page.getByLabel('Formula length');
    await field.fill('0');
    await field.press('Enter');
    await page.getByText('The length is a whole number from 1 to 40.').waitFor();
    await field.fill('5');
    await field.press('Enter');
    await page.reload();
    expect(await page.getByLabel('Formula length').inputValue()).toBe('5');
    await close();
  });
});

describe('the theme', () => {
  it('follows the system, and a choice is remembered', async () => {
    const { page, close } = await openPage(browser, { colorScheme: 'dark' });
    const theme = (): Promise<string | null> => page.locator('html').getAttribute('data-theme');
    await page.locator('h1').waitFor();
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await theme()).toBe('light');
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await theme()).toBe('light');
    await close();
  });
});
