import type { ColumnName } from '../../../state/columns.ts';

/** How a column of the unit table looks. */
export interface ColumnInfo {
  readonly label: string;
  /** What it means, shown when the name is pointed at. */
  readonly title: string;
  /** Its width as a track of the grid. */
  readonly track: string;
  /** The least width in pixels. */
  readonly least: number;
}

/** Pixels between columns. */
export const columnGap = 12;

/** Pixels a table of these columns needs at least. */
export function tableWidth(columns: readonly ColumnName[]): number {
  return columns.reduce((sum, name) => sum + columnInfo[name].least + columnGap, 0);
}

const column = (label: string, title: string, least: number, track = `${least}px`): ColumnInfo => ({
  label,
  title,
  track,
  least,
});

/** The columns by name. */
export const columnInfo: Readonly<Record<ColumnName, ColumnInfo>> = {
  unit: column('Unit', 'Channel of the layer, counted from 0', 60),
  picture: column('Picture', "The sample with the largest activation, with the unit's mask", 56),
  formula: column('Formula', 'The formula with the best score', 200, 'minmax(200px, 1fr)'),
  iou: column('IoU', 'Positions where mask and formula agree, divided by those where either holds', 116),
  iou1: column('With one', 'IoU of the best single concept', 68),
  gain: column('Gain', 'What more concepts add: IoU less the IoU with one concept', 60),
  length: column('Length', 'Concepts in the formula', 60),
  categories: column('Categories', "Categories of the formula's concepts", 104),
  operators: column('Operators', 'Operators the formula uses', 104),
  area: column('Area', "Positions of the unit's mask over all samples read", 76),
  firing: column('Fires in', 'Samples in which the mask has a position', 64),
  threshold: column('Threshold', 'The mask has the positions whose activation lies strictly above it', 84),
  peak: column('Peak', 'The largest activation on any sample', 68),
  state: column('State', 'Whether the unit has a formula, and if not, why', 112),
};
