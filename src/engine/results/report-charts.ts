import { countText, escaped, shareText } from './report-text.ts';

/** A bar of the histogram: IoUs from `from` up to `to`, the last one with its end. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const widths = [0.002, 0.005, 0.01, 0.02, 0.05];

/** IoUs in at most 25 bars of a round width, from 0 to the bar with the largest. */
export function histogram(ious: readonly number[]): readonly Bar[] {
  const top = ious.reduce((most, iou) => Math.max(most, iou), 0.02);
  const width = widths.find((step) => top / step <= 25) ?? 0.05;
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
  const [left, width, height] = [8, 624, 140];
  const x = (iou: number): number => left + (iou / end) * width;
  const drawn = bars
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => {
      const tall = (count / most) * height;
      const box = `x="${round(x(from) + 1)}" y="${round(height + 20 - tall)}" width="${round(x(to) - x(from) - 2)}" height="${round(tall)}"`;
      return `<rect class="bar" ${box}></rect>`;
    })
    .join('');
  const base = height + 20;
  const anchor = mean > end / 2 ? 'end' : 'start';
  const away = mean > end / 2 ? -6 : 6;
  const label = `Histogram of the IoU of ${countText(ious.length)} explained units; mean ${shareText(mean)}.`;
  return [
    `<svg class="histogram" viewBox="0 0 640 ${base + 20}" role="img" aria-label="${escaped(label)}">`,
    drawn,
    `<line class="axis" x1="${left}" y1="${base}" x2="${left + width}" y2="${base}"></line>`,
    `<line class="mean" x1="${round(x(mean))}" y1="4" x2="${round(x(mean))}" y2="${base}"></line>`,
    `<text x="${round(x(mean) + away)}" y="14" text-anchor="${anchor}">mean ${shareText(mean)}</text>`,
    `<text x="${left}" y="${base + 15}">0</text>`,
    `<text x="${left + width}" y="${base + 15}" text-anchor="end">${end}</text></svg>`,
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
