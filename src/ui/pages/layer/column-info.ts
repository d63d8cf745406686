import { classOfColumn } from '../../../state/columns.ts';
import type { ColumnName, weightColumns } from '../../../state/columns.ts';

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
export function tableWidth(columns: readonly ColumnInfo[]): number {
  return columns.reduce((sum, { least }) => sum + least + columnGap, 0);
}

const column = (label: string, title: string, least: number, track = `${least}px`): ColumnInfo => ({
  label,
  title,
  track,
  least,
});

type WeightColumn = (typeof weightColumns)[number];

const columnInfo: Readonly<Record<Exclude<ColumnName, WeightColumn>, ColumnInfo>> = {
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

/** For units over sentence pairs. */
const strongestPair = column(
  'Strongest pair',
  'The pair with the largest activation: premise (P) and hypothesis (H)',
  150,
  'minmax(150px, 0.4fr)',
);

/** Letters of a class's name that fit above its column. */
const classLetters = 8;

/**
 * How a column looks.
 *
 * @param ofPairs whether samples are sentence pairs
 * @param classes names of the classes whose weights are columns
 */
export function columnInfoOf(name: ColumnName, ofPairs: boolean, classes: readonly string[]): ColumnInfo {
  const place = classOfColumn(name);
  if (place !== undefined) {
    const label = classes[place] ?? '';
    const title = `${label}: the unit's weight in the output of this class, in the linear layer that reads the units`;
    return column(label.length > classLetters ? `${label.slice(0, classLetters - 2)}…` : label, title, 64);
  }
  if (ofPairs && name === 'picture') return strongestPair;
  return columnInfo[name as Exclude<ColumnName, WeightColumn>];
}
