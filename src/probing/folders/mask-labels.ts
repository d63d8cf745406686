import type { Grid } from '../../engine/concepts.ts';
import { nearest, toGrid } from '../annotated/grid.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { readIndexPng, readLabelPng, type LabelMask } from '../png.ts';
import type { LabelNames } from './names-file.ts';

const VOID = 255;
const COLOR_TYPE_AT = 25;
const RGB = 2;
const RGB_AND_ALPHA = 6;
const UNKNOWN = 65_535;

/** What the numbers in the masks of a category mean. */
export interface MaskLabels {
  /** By number: the concept's place + 1, or 0 for nothing; 65,535 for numbers without a name. */
  readonly values: Uint16Array;
  /** Path of the file that names them, for messages. */
  readonly namesPath: string;
}

/** Numbers that masks may hold where nothing names them. */
export const UNNAMED_LABELS = 255;

/**
 * Makes the table from numbers to concepts. 255 is nothing, unless it has a name; where only one label has one, 255 is that label (masks of 0
 * and 255).
 *
 * @param numbers of the labels, in the order of their concepts
 * @param first place of the first of these concepts
 */
export function maskLabels(numbers: readonly number[], first: number, names: LabelNames | undefined): MaskLabels {
  const values = new Uint16Array(UNKNOWN + 1).fill(UNKNOWN);
  values[0] = 0;
  values[VOID] = numbers.length === 1 ? first + 1 : 0;
  numbers.forEach((number, at) => (values[number] = first + at + 1));
  return { values, namesPath: names?.file ?? '' };
}

/** Reads a mask: gray values, places in a palette, or red + 256 times green where its pixels are colors. @throws Fault naming the file */
export async function readMask(file: TreeFile): Promise<LabelMask> {
  const bytes = await file.bytes();
  const type = bytes[COLOR_TYPE_AT];
  return type === RGB || type === RGB_AND_ALPHA ? readLabelPng(bytes, file.path) : readIndexPng(bytes, file.path);
}

/**
 * Brings a mask to the grid, its numbers as places of concepts + 1.
 *
 * @throws Fault naming file and pixel, if a number has no name
 */
export function gridMask(mask: LabelMask, path: string, { values, namesPath }: MaskLabels, grid: Grid): Uint16Array {
  const plane = toGrid(mask.numbers, mask, grid).map((number) => values[number]);
  const wrong = plane.indexOf(UNKNOWN);
  if (wrong === -1) return plane;
  const x = nearest(mask.width, grid.width)[wrong % grid.width];
  const y = nearest(mask.height, grid.height)[Math.floor(wrong / grid.width)];
  const number = mask.numbers[y * mask.width + x];
  throw namesPath === ''
    ? probingFaults['mask-number'](path, x, y, number, UNNAMED_LABELS)
    : probingFaults['mask-unnamed'](path, x, y, number, namesPath);
}
