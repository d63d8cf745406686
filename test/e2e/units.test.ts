import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { scenesCard } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;
/** Address of the explained sample's units, behind `#`. */
let layer = '';
let rowsBeforeTheEnd = false;

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, problems } = await openPage(browser, { context });
  await scenesCard(page).getByRole('button', { name: 'Compute it here' }).click();
  await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
  rowsBeforeTheEnd = await page.getByRole('button', { name: 'Cancel' }).isVisible();
  await page.getByText(/^Finished in/).waitFor({ timeout: 100_000 });
  layer = new URL(page.url()).hash;
  expect(problems).toEqual([]);
  await page.close();
}, 220_000);
afterAll(() => browser.close());

async function open(hash: string): Promise<{ page: Page; problems: readonly string[] }> {
  const { page, problems } = await openPage(browser, { context, path: hash });
  return { page, problems };
}

const shownText = (page: Page): Promise<string> => page.locator('.count').innerText();
const firstUnit = (page: Page): Promise<string> => page.locator('[role=cell].unit').first().innerText();
const unitNumber = (text: string): number => Number(/\d+/.exec(text)?.[0]);

/** How many pixels of the first picture's drawing have some color. */
const drawnPixels = (page: Page): Promise<number> =>
  page
    .locator('main canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.filter((value: number, index: number) => index % 4 === 3 && value > 0).length;
    });

describe('an explained sample', () => {
  it('showed rows while it still ran', () => {
    expect(rowsBeforeTheEnd).toBe(true);
  });

  it('comes back after a reload without running the model again', async () => {
    const { page, problems } = await open(layer);
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    expect(
      await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('.onnx'))),
    ).toBe(false);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is searched, filtered and sorted, and says how many units are shown', async () => {
    const { page } = await open(layer);
    await page.getByRole('row').nth(1).waitFor();
    expect(await shownText(page)).toContain('128 of 128 shown');
    await page.getByRole('columnheader', { name: 'Unit' }).getByRole('button').click();
    expect(unitNumber(await firstUnit(page))).toBe(0);
    await page.getByRole('combobox', { name: 'Find a concept or a unit number' }).fill('17');
    expect(unitNumber(await firstUnit(page))).toBe(17);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByLabel('Category used in the formula').selectOption('scene');
    expect(await shownText(page)).toMatch(/^\d+ of 128 shown/);
    expect(page.url()).toContain('category=scene');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('slider', { name: 'Lowest IoU shown' }).focus();
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
    const left = Number.parseInt(await shownText(page), 10);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(128);
    await page.close();
  });

  it('shows a unit with its pictures, and draws masks over them', async () => {
    const { page, problems } = await open(layer);
    await page.getByRole('row').nth(1).click();
    await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires .* IoU 0\.\d{3}\.$/ }).waitFor();
    await page.locator('main img').first().waitFor();
    await expect.poll(() => drawnPixels(page)).toBeGreaterThan(0);
    expect(await page.getByRole('row').count()).toBeGreaterThan(1);
    await screenshot(page, 'unit-1280');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('lights a part of the formula in the pictures when it is pointed at, and names it in the legend', async () => {
    const { page } = await open(layer);
    await page.getByRole('row').nth(1).click();
    await expect.poll(() => drawnPixels(page)).toBeGreaterThan(0);
    const before = await drawnPixels(page);
    const parts = page.getByRole('button', { name: /^Light .* in the pictures$/ });
    const scene = parts.last();
    await scene.focus();
    const name = (await scene.innerText()).trim();
    await expect.poll(() => page.getByRole('group', { name: 'Masks drawn' }).innerText()).toContain(name);
    await expect.poll(() => drawnPixels(page)).not.toBe(before);
    await page.close();
  });

  it('opens a picture large, and closes it with Esc, staying on the unit', async () => {
    const { page } = await open(layer);
    await page.getByRole('row').nth(1).click();
    await page.locator('[data-item]').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const first = page.url();
    await page.keyboard.press('n');
    await expect.poll(() => page.url()).not.toBe(first);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(page.url()).toContain('page=unit');
    await page.close();
  });

  it('is saved as the tally and as JSON', async () => {
    const { page } = await open(layer);
    const saved = async (button: string): Promise<{ name: string; text: string }> => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const csv = await saved('Export CSV');
    expect(csv.name).toMatch(/^tally_scenes-[0-9a-f]{8}_layer4-relu_Drawn-scenes-[0-9a-f]{8}_.*\.csv$/);
    expect(csv.text.split(/\r?\n/)[0]).toBe(
      'unit,category,label,score,length,category_noncomp,label_noncomp,score_noncomp',
    );
    const json = await saved('Export JSON');
    expect(json.name).toMatch(/^explanations_scenes-[0-9a-f]{8}_layer4-relu_Drawn-scenes-[0-9a-f]{8}_.*\.json$/);
    expect((JSON.parse(json.text) as { units: unknown[] }).units).toHaveLength(128);
    await page.close();
  });

  it('is saved as a report that opens on its own, with the units shown and their pictures', async () => {
    const { page, problems } = await open(`${layer}&find=17`);
    await page.getByRole('row').nth(1).waitFor();
    const shown = Number.parseInt(await shownText(page), 10);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'HTML report' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report of the layer' });
    await dialog.getByText(/^About /).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save report' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^report_scenes-.*\.html$/);
    await dialog.waitFor({ state: 'hidden' });
    const report = await context.newPage();
    await report.setContent(await readFile(await download.path(), 'utf8'));
    expect(await report.locator('article').count()).toBe(shown);
    const drawn = report.locator('article img').first();
    await expect.poll(() => drawn.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    expect(problems).toEqual([]);
    await report.close();
    await page.close();
  });

  it('is walked through by keyboard alone', async () => {
    const { page } = await open(layer);
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('taxi');
    expect(await shownText(page)).toMatch(/^\d+ of 128/);
    await page.keyboard.press('Escape');
    expect(await shownText(page)).toContain('128 of 128');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = unitNumber(await page.locator('[role=cell].unit').nth(1).innerText());
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`unit-${second}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: new RegExp(`^Unit ${second} `) }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (unit) => !document.querySelector('h1')?.textContent.startsWith(`Unit ${unit} `),
      second,
    );
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { level: 1, name: new RegExp(`^Unit ${second} `) }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: new RegExp(`^Unit ${second} `) }).waitFor();
    await page.close();
  });

  it('stands in the list of recent work', async () => {
    const { page } = await open('');
    await page.getByRole('link', { name: /128 units/ }).click();
    await page.getByRole('table', { name: 'Units' }).waitFor();
    expect(new URL(page.url()).hash).toBe(layer);
    await page.close();
  });
});

/** The address of a page, and what stands on it last. */
interface View {
  readonly hash: () => string;
  readonly last: (page: Page) => Locator;
}

const withPage = (change: string) => (): string => layer.replace('page=layer', change);
const views: Readonly<Record<string, View>> = {
  start: { hash: () => '', last: (page) => page.getByRole('link', { name: /128 units/ }) },
  prepare: { hash: () => '#page=prepare', last: (page) => page.getByRole('button', { name: 'Scenes', exact: true }) },
  layer: { hash: () => layer, last: (page) => page.getByRole('row').nth(1).locator('img') },
  unit: {
    hash: withPage('page=unit&unit=9'),
    last: (page) => page.getByText(/^IoU of the whole formula/),
  },
  concepts: { hash: withPage('page=concept'), last: (page) => page.locator('[data-row="0"]') },
  concept: {
    hash: withPage('page=concept&concept=3'),
    last: (page) => page.locator('[data-coverage]', { hasText: /It covers .* of all positions/ }),
  },
  compare: {
    hash: withPage('page=compare'),
    last: (page) => page.getByRole('region', { name: 'Layers in numbers' }).locator('tbody tr'),
  },
  missing: {
    hash: () => layer.replace(/model=[0-9a-f]+/, 'model=0123456789abcdef'),
    last: (page) => page.locator('[data-needed=model]'),
  },
  help: { hash: () => '#page=help', last: (page) => page.getByRole('term').last() },
};

describe('every page', () => {
  it.each(Object.keys(views))('has nothing that axe finds, in either theme, and fits into 390 px: %s', async (name) => {
    const { hash, last } = views[name];
    const { page } = await open(hash());
    await last(page).waitFor();
    // Charts and pictures come last; what is being computed anew is lighter for a moment.
    for (const chart of await page.locator('figure').all()) await chart.locator('svg').first().waitFor();
    await expect.poll(() => page.locator('canvas[data-drawn=false]').count(), { timeout: 20_000 }).toBe(0);
    await expect.poll(() => page.locator('.older, [aria-busy=true]').count(), { timeout: 20_000 }).toBe(0);
    expect(await faultsInBothThemes(page, (theme) => screenshot(page, `${name}-1280-${theme}`))).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await screenshot(page, `${name}-390-light`);
    await page.close();
  });
});
