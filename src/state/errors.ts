import { faultTable } from '../engine/fault.ts';

/** What can be wrong with what a person tries on a page, in the words a person reads. */
export const pageFaults = faultTable('page', {
  'quantile-not-kept': (largest: number) =>
    `Activations are kept for up to ${Number((largest * 100).toPrecision(3))} % of positions. Choose no more than that, or run again with a larger quantile.`,
  'threshold-not-kept': (lowest: number) =>
    `Activations of this unit are kept above ${Number(lowest.toPrecision(4))}. Choose a threshold at or above that, or run again with a lower one.`,
  'not-allowed': (name: string) =>
    `The browser was not allowed to read ${name}. Open it again and allow it, or drop it on the page.`,
  gone: (name: string) => `${name} is not where it was, or has changed. Drop it on the page again.`,
});
