import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { browserArgs } from '../find-browser.mjs';

const categories = ['accessibility', 'best-practices'];
const desktop = {
  formFactor: /** @type {const} */ ('desktop'),
  screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
};

/**
 * Lighthouse's accessibility and best practices, on a phone and on a desk, for the start, a layer, a unit and the help. What it
 * finds wanting is printed.
 *
 * @param {string} executablePath
 * @param {{ url: string }} site
 * @returns {Promise<import('../measure.mjs').Figure[]>}
 */
export async function measureLighthouse(executablePath, site) {
  const profile = mkdtempSync(join(tmpdir(), 'formulens-measure-'));
  const port = await freePort();
  const args = [...browserArgs, `--remote-debugging-port=${port}`];
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, headless: true });
  try {
    const figures = [];
    for (const [name, address] of await addresses(context, site.url)) {
      for (const [place, settings] of /** @type {const} */ ([
        ['phone', {}],
        ['desk', desktop],
      ])) {
        const flags = { port, logLevel: /** @type {const} */ ('error'), onlyCategories: categories, ...settings };
        const result = await lighthouse(address, { ...flags, disableStorageReset: true });
        if (!result) throw new Error(`Lighthouse gave no result for ${address}.`);
        figures.push(...scores(`${name}, ${place}`, result.lhr));
      }
    }
    return figures;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {import('lighthouse').Result} report
 */
function scores(name, report) {
  return categories.map((category) => {
    const { score, auditRefs } = report.categories[category] ?? { score: null, auditRefs: [] };
    const value = Math.round((score ?? 0) * 100);
    for (const { id, weight } of auditRefs) {
      const audit = report.audits[id];
      if (weight === 0 || !audit || audit.score === null || audit.score === 1) continue;
      console.log(`  ${name}: ${audit.title}${where(audit.details)}`);
    }
    return { name: `Lighthouse, ${category}: ${name}`, measured: String(value), budget: '100', over: value < 100 };
  });
}

/**
 * The first few elements that an audit names, a line each.
 *
 * @param {unknown} details of Lighthouse's audit
 */
function where(details) {
  const { items = [] } = /** @type {{ items?: { node?: { snippet?: string } }[] }} */ (details ?? {});
  return items
    .slice(0, 3)
    .map(({ node }) => `\n    ${node?.snippet ?? ''}`)
    .join('');
}

/**
 * Opens the sample's results, and finds the addresses of its pages.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} start
 * @returns {Promise<[string, string][]>}
 */
async function addresses(context, start) {
  const page = await context.newPage();
  await page.goto(start);
  await page.getByRole('button', { name: 'Explore' }).first().click();
  await page.getByRole('cell').first().waitFor();
  const layer = page.url();
  await page.getByRole('cell').getByRole('link').first().click();
  await page.waitForURL(/page=unit/);
  const unit = page.url();
  await page.close();
  return [
    ['start', start],
    ['layer', layer],
    ['unit', unit],
    ['help', `${start}#page=help`],
  ];
}

/** @returns {Promise<number>} a port that nothing listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
