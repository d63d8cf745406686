import { countText, escaped, shareText } from './report-text.ts';

/** A bar of the histogram: IoUs from `from` up to `to`, the last one with its end. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const widths = [0.001, 0.002, 0.005, 0.01, 0.02, 0.04];
const mostBars = 30;

/** IoUs in at most 30 bars of a round width, from 0 to the bar with the largest. */
export function histogram(ious: readonly number[]): readonly Bar[] {
  const top = ious.reduce((most, iou) => Math.max(most, iou), 0.02);
  const width = widths.find((step) => top / step <= mostBars) ?? 0.04;
  const bars = Math.ceil(top / width - 1e-9);
  const counts = new Array<number>(bars).fill(0);
  for (const iou of ious) counts[Math.min(bars - 1, Math.floor(iou / width + 1e-9))]++;
  const edge = (i: number): number => Number((i * width).toFixed(3));
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
}

const round = (value: number): string => String(Number(value.toFixed(2)));

/** The histogram of a layer's IoUs as a drawing with a line at their mean, and as a table behind it. */
export function histogramHtml(ious: readonly number[], mean: number): string {
  const bars = histogram(ious);
  const most = bars.reduce((largest, { count }) => Math.max(largest, count), 1);
  const end = bars[bars.length - 1].to;
  const x = (iou: number): string => round((iou / end) * 100);
  const drawn = bars
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => {
      const tall = (count / most) * 100;
      const box = `x="${x(from)}" y="${round(100 - tall)}" width="${x(0.9 * (to - from))}" height="${round(tall)}"`;
      return `<rect class="bar" ${box}></rect>`;
    })
    .join('');
  const label = `Histogram of the IoU of ${countText(ious.length)} explained units; mean ${shareText(mean)}.`;
  return [
    `<svg class="histogram" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${escaped(label)}">`,
    drawn,
    `<line class="mean" x1="${x(mean)}" y1="0" x2="${x(mean)}" y2="100"></line></svg>`,
    `<p class="ends" aria-hidden="true"><span>0</span><span>IoU, with the mean</span><span>${end}</span></p>`,
    '<details><summary>The histogram as a table</summary><table><thead><tr><th scope="col">IoU</th>',
    '<th scope="col" class="number">Units</th></tr></thead><tbody>',
    ...bars.map(({ from, to, count }) => `<tr><td>${from} to ${to}</td><td class="number">${count}</td></tr>`),
    '</tbody></table></details>',
  ].join('');
}

/** A bar whose length is a share of the largest there is; says nothing that does not stand beside it. */
export const barHtml = (value: number, most: number): string =>
  `<svg class="share" viewBox="0 0 60 6" aria-hidden="true"><rect class="track" width="60" height="6"></rect>` +
  `<rect class="bar" width="${round(most === 0 ? 0 : (value / most) * 60)}" height="6"></rect></svg>`;

/** IoU against length as a small line; the values stand in its name. */
export function curveHtml(ious: readonly number[], most: number): string {
  const [width, height] = [120, 36];
  const x = (i: number): number => (ious.length === 1 ? width / 2 : 4 + (i / (ious.length - 1)) * (width - 8));
  const y = (iou: number): number => height - 4 - (most === 0 ? 0 : iou / most) * (height - 8);
  const points = ious.map((iou, i) => [round(x(i)), round(y(iou))] as const);
  const label = `Best IoU by length: ${ious.map((iou, i) => `${i + 1}: ${shareText(iou)}`).join(', ')}`;
  return [
    `<svg class="curve" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<line class="axis" x1="0" y1="${height - 4}" x2="${width}" y2="${height - 4}"></line>`,
    `<polyline points="${points.map((point) => point.join(',')).join(' ')}"></polyline>`,
    ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2.5"></circle>`),
    '</svg>',
  ].join('');
}
