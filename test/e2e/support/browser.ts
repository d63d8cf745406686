import { chromium, type Browser } from 'playwright-core';
import { browserArgs, findBrowser, missingBrowser } from '../../../scripts/find-browser.mjs';

/** Starts a headless Chromium with a fresh profile. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(missingBrowser);
  return chromium.launch({ executablePath, args: browserArgs, headless: true });
}
