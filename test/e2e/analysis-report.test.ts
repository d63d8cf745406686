import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'formulens-analysis-'));
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await browser.close();
});

/** Saves the analysis that is open, as the button of that name does. */
async function save(page: Page, button: string, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Save the analysis', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}

describe('the analysis of a sample', () => {
  it('is saved as a page that opens from disk, as numbers and as tables', async () => {
    const { page, problems } = await openPage(browser);
    await page.getByRole('button', { name: 'Open Scenes', exact: true }).click();
    await page.getByRole('table', { name: 'Units' }).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Analyses', exact: true }).click();
    const answer = page.locator('[data-answer]');
    await answer.waitFor();
    const shown = (await answer.innerText()).replaceAll('\u00a0', ' ');
    const [html, json, zip] = [
      await save(page, 'Report (HTML)', 'analysis.html'),
      await save(page, 'All numbers (JSON)', 'analysis.json'),
      await save(page, 'All tables (CSV, zipped)', 'analysis.zip'),
    ];
    const numbers = JSON.parse(readFileSync(json, 'utf8')) as { schema: string; kinds: unknown; measures: unknown };
    expect(numbers.schema).toBe('formulens/analysis/1');
    expect(numbers.kinds).not.toBeNull();
    expect(numbers.measures).not.toBeNull();
    expect(readFileSync(zip).subarray(0, 2).toString()).toBe('PK');
    for (const [width, scheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        offline: true,
      });
      const report = await context.newPage();
      const said: string[] = [];
      report.on('console', (message) => said.push(message.text()));
      await report.goto(pathToFileURL(html).href);
      expect(await report.locator('.answer').first().innerText()).toBe(shown);
      expect(await report.locator('figure svg').count()).toBeGreaterThanOrEqual(6);
      expect(await report.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await faults(report)).toEqual([]);
      await screenshot(report, `analysis-report-${width}-${scheme}`);
      expect(said).toEqual([]);
      await context.close();
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
