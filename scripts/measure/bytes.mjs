import { chromium } from 'playwright-core';
import { browserArgs } from '../find-browser.mjs';

const budget = 300_000;

/**
 * What a first visit loads before a model is, compressed as hosts do: first the page itself, then what its service worker keeps
 * besides for use without a network.
 *
 * @param {string} executablePath
 * @param {{ url: string, sent: readonly { path: string, bytes: number }[] }} site
 * @returns {Promise<import('../measure.mjs').Figure[]>}
 */
export async function measureBytes(executablePath, site) {
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  const context = await browser.newContext();
  /** @type {Set<string>} */
  const asked = new Set();
  context.on('request', (request) => {
    if (request.serviceWorker() === null) asked.add(request.url().slice(site.url.length).split(/[?#]/)[0] ?? '');
  });
  const page = await context.newPage();
  const before = site.sent.length;
  await page.goto(site.url);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForLoadState('networkidle');
  await browser.close();
  const sizes = new Map(site.sent.slice(before).map(({ path, bytes }) => [path, bytes]));
  const lines = [...sizes]
    .filter(([path]) => asked.has(path))
    .sort(([, a], [, b]) => b - a)
    .map(([path, bytes]) => ({ name: `  ${path || 'index.html'}`, measured: kB(bytes), budget: '', over: false }));
  const first = sum([...sizes].filter(([path]) => asked.has(path)));
  const rest = sum([...sizes].filter(([path]) => !asked.has(path)));
  return [
    { name: 'sent before a model is loaded', measured: kB(first), budget: kB(budget), over: first > budget },
    ...lines,
    { name: 'kept besides, after the first paint', measured: kB(rest), budget: '', over: false },
  ];
}

/** @param {readonly (readonly [string, number])[]} files */
function sum(files) {
  return files.reduce((total, [, bytes]) => total + bytes, 0);
}

/** @param {number} bytes */
function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
