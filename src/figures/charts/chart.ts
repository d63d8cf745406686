import type * as PlotModule from '@observablehq/plot';

/** Observable Plot, which is loaded when the first chart is drawn. */
export type Plot = typeof PlotModule;

/** What Plot draws. */
export type ChartOptions = PlotModule.PlotOptions;

/** Makes a chart for a width in pixels. */
export type ChartMaker = (plot: Plot, width: number) => ChartOptions;

/** The numbers behind a chart, for its table and its CSV. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Look that all charts share: the page's colors, the page's small text, numbers that stand still. */
export const chartLook = {
  className: 'chart',
  style: { background: 'none', overflow: 'visible' },
} as const;

/** A text cut to about so many pixels of small text. */
export function fittedText(text: string, pixels: number): string {
  const room = Math.max(3, Math.floor(pixels / 6.6));
  return text.length <= room
    ? text
    : `${text.slice(0, Math.ceil((room - 1) / 2))}…${text.slice(-Math.floor((room - 1) / 2))}`;
}
