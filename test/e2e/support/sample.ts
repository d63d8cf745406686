import type { Page } from 'playwright-core';

/** Runs the model of the sample `scenes` from the start page, and waits until its units are explained and kept. */
export async function computeScenes(page: Page): Promise<void> {
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Scenes/ }) });
  await card.getByRole('button', { name: 'Compute it here' }).click();
  await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
}
