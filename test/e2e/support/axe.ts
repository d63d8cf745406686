import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The two themes of the page. */
export const themes = ['light', 'dark'] as const;

/**
 * What axe finds wrong on a page as it is shown now, by all its rules: a line for each element, `rule: markup`.
 *
 * In one frame and with no lists of what is in order, the same rules say the same in a third of the time. Other frames would go
 * unseen by that, so a page with frames is refused.
 *
 * @throws Error, if the page has frames
 */
export async function faults(page: Page): Promise<readonly string[]> {
  if (page.frames().length > 1) throw new Error('The page has frames, which are not looked into here.');
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/**
 * {@link faults} in either theme, with the theme before each line. The page has to follow the system's theme; it is left dark,
 * without motion.
 *
 * @param shown is called in each theme when it is on
 */
export async function faultsInBothThemes(
  page: Page,
  shown: (theme: (typeof themes)[number]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await shown(theme);
    found.push(...(await faults(page)).map((line) => `${theme}: ${line}`));
  }
  return found;
}
