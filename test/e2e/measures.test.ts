import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 60_000 };

let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser));
  await page.getByRole('button', { name: 'Open Scenes', exact: true }).click();
  await page.getByRole('table', { name: 'Units' }).waitFor(soon);
});
afterAll(() => browser.close());

/** A text with ordinary spaces only. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

async function showMeasures(): Promise<void> {
  await page.getByRole('link', { name: 'Analyses', exact: true }).click();
  await page.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: 'Measures', exact: true }).click();
  await page.locator('[data-answer]').waitFor(soon);
  await page.locator('figure svg[role=img]').first().waitFor(soon);
}

async function fits(name: string): Promise<void> {
  for (const [width, theme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond, `${name} at ${width}`).toBeLessThanOrEqual(0);
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    expect(await faults(page), `${name} at ${width}`).toEqual([]);
    await screenshot(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

describe('more measures than IoU', () => {
  it('are told of all units, with a chart, a table and what each is counted from', async () => {
    await showMeasures();
    expect(plain(await page.locator('[data-answer]').innerText())).toMatch(
      /^Of 128 explained units, the formula in the middle covers \d+ % of where its unit fires, .* The AUROC in the middle is 0\.\d{3}\. .* goes most with IoU \(r = /,
    );
    await page.getByRole('button', { name: 'Show as table', exact: true }).click();
    const numbers = page.getByRole('region', { name: 'Measures of the explained units', exact: true });
    expect(await numbers.getByRole('rowheader').allInnerTexts()).toEqual([
      ...['IoU', 'Activation coverage', 'Detection accuracy', 'Explanation coverage', 'Samples coverage', 'AUROC'],
    ]);
    const table = page.getByRole('region', { name: 'Measures by unit', exact: true });
    const columnOf = async (place: number): Promise<readonly number[]> =>
      (await table.locator(`tbody td:nth-child(${place})`).allInnerTexts()).map((text) => Number.parseFloat(text));
    const ious = await columnOf(2);
    expect(ious).toHaveLength(25);
    expect(ious).toEqual(ious.toSorted((a, b) => b - a));
    await table.getByRole('button', { name: 'AUROC', exact: true }).click();
    await table.getByRole('button', { name: 'AUROC', exact: true }).click();
    const aurocs = await columnOf(7);
    expect(aurocs).toEqual(aurocs.toSorted((a, b) => a - b));
    const title = await table.locator('tbody td:nth-child(3)').first().getAttribute('title');
    expect(title).toMatch(/^[\d,]+ of [\d,]+ positions where the unit fires$/);
    await page.getByRole('button', { name: 'Show more units', exact: true }).click();
    expect(await columnOf(2)).toHaveLength(75);
    await page.getByText('What this means', { exact: true }).click();
    await fits('measures');
    expect(problems).toEqual([]);
  });

  it('lead from a row to its unit', async () => {
    const first = page.getByRole('region', { name: 'Measures by unit', exact: true }).locator('tbody th a').first();
    const name = await first.innerText();
    await first.click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${name} `) }).waitFor(soon);
    expect(problems).toEqual([]);
  });
});

describe('ranges of the activation', () => {
  const panel = () => page.locator('[data-ranges]');

  it('are split and explained when the panel is opened, in as many as asked for, and stand in the address', async () => {
    expect(await panel().locator('[data-split]').count()).toBe(0);
    await page.getByRole('heading', { level: 2, name: 'Ranges of the activation', exact: true }).click();
    await panel().locator('[data-split]').waitFor(soon);
    const headings = panel().getByRole('heading', { level: 3 });
    expect(await headings.count()).toBe(5);
    expect(await headings.first().innerText()).toMatch(/^Range 5: above [\d.]+, up to [\d.]+$/);
    expect(new URL(page.url()).hash).toContain('ranges=5');
    await panel().getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => headings.count(), { timeout: 30_000 }).toBe(4);
    await panel().getByRole('button', { name: 'Show as table', exact: true }).click();
    const rows = panel().getByRole('region', { name: 'How often each activation occurs' }).locator('tbody tr');
    const cells = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()));
    const [lows, highs] = [0, 1].map((at) => cells.map((row) => Number(row[at])));
    expect(lows.slice(1)).toEqual(highs.slice(0, -1));
    expect(lows).toEqual(lows.toSorted((a, b) => a - b));
    await fits('ranges');
    expect(problems).toEqual([]);
  });

  it('are saved with all their numbers', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel().getByRole('button', { name: 'Save as JSON', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ranges-unit-\d+\.json$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const { schema, k, ranges } = JSON.parse(Buffer.concat(chunks).toString()) as {
      schema: string;
      k: number;
      ranges: readonly { readonly area: number; readonly iou: number | null }[];
    };
    expect({ schema, k, ranges: ranges.length }).toEqual({ schema: 'formulens/ranges/1', k: 4, ranges: 4 });
    expect(problems).toEqual([]);
  });

  it('come back with the address, and go with it', async () => {
    await page.reload();
    await panel().locator('[data-split]').waitFor(soon);
    expect(await panel().getByRole('heading', { level: 3 }).count()).toBe(4);
    await page.getByRole('heading', { level: 2, name: 'Ranges of the activation', exact: true }).click();
    await expect.poll(() => new URL(page.url()).hash).not.toContain('ranges=');
    expect(problems).toEqual([]);
  });
});
