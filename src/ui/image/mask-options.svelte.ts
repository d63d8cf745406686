import type { MaskStyle } from './paint-masks.ts';

/** How masks are drawn on every picture of the page, until it is closed. */
export const maskOptions: MaskStyle & {
  showUnit: boolean;
  showFormula: boolean;
  opacity: number;
  outlineOnly: boolean;
} = $state({ opacity: 0.45, outlineOnly: false, showUnit: true, showFormula: true });
