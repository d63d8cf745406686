import type { Locator, Page } from 'playwright-core';

/** The card of the sample `scenes` on the start page. */
export function scenesCard(page: Page): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Scenes/ }) });
}

/** Runs the model of the sample `scenes` from the start page, and waits until its units are explained and kept. */
export async function computeScenes(page: Page): Promise<void> {
  await scenesCard(page).getByRole('button', { name: 'Compute it here' }).click();
  await explained(page);
}

/** As {@link computeScenes}, with nothing open before, on a part of the samples: quicker, and the formulas are coarser. */
export async function computeSomeScenes(page: Page, samples = 64): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#page=prepare';
  });
  await page.getByRole('button', { name: 'Scenes', exact: true }).click();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await page.locator('button:enabled', { hasText: /^\s*Run\s*$/ }).waitFor({ timeout: 60_000 });
  const count = page.getByLabel('Samples', { exact: true });
  await count.fill(String(samples));
  await count.press('Enter');
  await run.click();
  await explained(page);
}

async function explained(page: Page): Promise<void> {
  try {
    await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
  } catch (error) {
    const told = await page.locator('body').innerText();
    throw new Error(`No unit was explained. The page says: ${told.slice(0, 1500)}`, { cause: error });
  }
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
}
