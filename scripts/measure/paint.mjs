import { chromium } from 'playwright-core';
import { browserArgs } from '../find-browser.mjs';

const loads = 5;
const budget = 1000;

/**
 * First paints and the longest task of the main thread over cold loads, each in a browser of its own.
 *
 * @param {string} executablePath
 * @param {{ url: string }} site
 * @returns {Promise<import('../measure.mjs').Figure[]>}
 */
export async function measurePaint(executablePath, site) {
  /** @type {Awaited<ReturnType<typeof coldLoad>>[]} */
  const seen = [];
  for (let load = 0; load < loads; load++) seen.push(await coldLoad(executablePath, site.url));
  /** @param {keyof Awaited<ReturnType<typeof coldLoad>>} what */
  const range = (what) => seen.map((one) => one[what]).sort((a, b) => a - b);
  /**
   * @param {string} name
   * @param {readonly number[]} values sorted
   * @param {number} limit
   */
  const figure = (name, values, limit) => ({
    name: `${name}, median of ${loads} (slowest)`,
    measured: `${values[loads >> 1]?.toFixed(0)} (${values.at(-1)?.toFixed(0)}) ms`,
    budget: Number.isFinite(limit) ? `${limit} ms` : '',
    over: (values[loads >> 1] ?? Infinity) > limit,
  });
  return [
    figure('first paint', range('paint'), budget),
    figure('first contentful paint', range('contentful'), budget),
    figure('largest contentful paint', range('largest'), Infinity),
    figure('longest main-thread task (0: none of 50 ms)', range('task'), Infinity),
  ];
}

/**
 * @param {string} executablePath
 * @param {string} url
 */
async function coldLoad(executablePath, url) {
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const found = { largest: 0, task: 0 };
    Reflect.set(globalThis, 'found', found);
    const follow = (/** @type {string} */ type, /** @type {(entry: PerformanceEntry) => void} */ take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    follow('largest-contentful-paint', ({ startTime }) => (found.largest = Math.max(found.largest, startTime)));
    follow('longtask', ({ duration }) => (found.task = Math.max(found.task, duration)));
  });
  await page.goto(url);
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(1500);
  const times = await page.evaluate(() => {
    const at = (/** @type {string} */ name) => performance.getEntriesByName(name)[0]?.startTime ?? Infinity;
    const { largest, task } = Reflect.get(globalThis, 'found');
    return { paint: at('first-paint'), contentful: at('first-contentful-paint'), largest, task };
  });
  await browser.close();
  return times;
}
