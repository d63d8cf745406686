import { iouText } from '../../figures/text/numbers.ts';

/** A difference of IoUs with its sign, in three digits, or as many as it takes to see it: `+0.012`, `−0.0003`, `±0`. */
export function signedIou(difference: number): string {
  const size = Math.abs(difference);
  if (size < 5e-7) return '±0';
  return `${difference < 0 ? '−' : '+'}${size < 5e-4 ? plainDigit(size) : iouText(size)}`;
}

/** One digit behind as many zeros as there are, without an exponent. */
function plainDigit(size: number): string {
  return size.toFixed(Math.min(6, Math.ceil(-Math.log10(size))));
}

/** An IoU against another in a sentence: `IoU 0.172, 0.012 more than in the results (0.160).` */
export function iouChange(now: number, before: number, where: string): string {
  const size = iouText(Math.abs(now - before));
  if (size === iouText(0)) return `IoU ${iouText(now)}, the same as ${where}.`;
  return `IoU ${iouText(now)}, ${size} ${now > before ? 'more' : 'less'} than ${where} (${iouText(before)}).`;
}
