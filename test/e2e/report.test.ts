import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pieces } from '../engine/support/small-report.ts';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { screenshot } from './support/screenshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-report-'));
const file = join(folder, 'report.html');

let browser: Browser;
beforeAll(async () => {
  writeFileSync(file, pieces().join(''));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The report opened from disk, what it asked the network for, and what its policy stopped or went wrong. */
async function openReport(
  options: { width?: number; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean } = {},
) {
  const { width = 1280, colorScheme = 'light', javaScriptEnabled = true } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url() !== pathToFileURL(file).href) problems.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, problems, close: () => context.close() };
}

const unitsInOrder = (page: Page): Promise<string[]> => page.locator('table.sortable tbody th').allInnerTexts();

describe('a report opened from disk', () => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'is whole at %i px, %s: axe finds nothing, nothing is asked for, no name is markup',
    async (width, colorScheme) => {
      const { page, problems, close } = await openReport({ width, colorScheme });
      // Units far below the fold are not laid out, for the screenshot and for axe.
      await page.setViewportSize({ width, height: 8_000 });
      await screenshot(page, `report-${width}-${colorScheme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await page.evaluate(() => 'harm' in globalThis)).toBe(false);
      expect(await page.locator('article').count()).toBe(4);
      expect(
        await page
          .locator('img')
          .evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth === 1)),
      ).toBe(true);
      expect(await page.locator('img').count()).toBe(6);
      expect(problems).toEqual([]);
      expect(await faults(page)).toEqual([]);
      await close();
    },
  );

  it('sorts its units by any column, by keyboard too', async () => {
    const { page, problems, close } = await openReport();
    expect(await unitsInOrder(page)).toEqual(['0', '1', '2', '3']);
    const iou = page.getByRole('columnheader', { name: 'IoU' });
    await iou.getByRole('button').click();
    expect(await unitsInOrder(page)).toEqual(['3', '0', '2', '1']);
    expect(await iou.getAttribute('aria-sort')).toBe('ascending');
    await iou.getByRole('button').press('Enter');
    expect(await unitsInOrder(page)).toEqual(['2', '0', '3', '1']);
    await page.getByRole('columnheader', { name: 'Unit' }).getByRole('button').click();
    expect(await unitsInOrder(page)).toEqual(['0', '1', '2', '3']);
    expect(await iou.getAttribute('aria-sort')).toBeNull();
    expect(problems).toEqual([]);
    await close();
  });

  it('reads without scripts, and each unit has an address', async () => {
    const { page, problems, close } = await openReport({ javaScriptEnabled: false });
    expect(await page.getByRole('button').count()).toBe(0);
    await page.getByRole('link', { name: '3', exact: true }).click();
    expect(new URL(page.url()).hash).toBe('#unit-3');
    await page.locator('#unit-3 h3').waitFor({ state: 'visible' });
    expect(problems).toEqual([]);
    await close();
  });
});
