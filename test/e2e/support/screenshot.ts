import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/**
 * Keeps a picture of the whole page as `name.png` in the folder named by FORMULENS_SCREENSHOTS; does nothing where that is unset.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['FORMULENS_SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
