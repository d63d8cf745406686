import type { Grid, SampleLabels } from '../../engine/concepts.ts';
import type { ConceptId } from '../../engine/ids.ts';
import { probingFaults } from '../errors.ts';
import { fileIn } from '../file-in.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { readLabelPng } from '../png.ts';
import type { IndexRow } from './index-rows.ts';
import { UNPROBED, type BrodenLabels } from './labels.ts';

/**
 * Reads the annotation of one sample: a plane for each of its masks, and the labels that hold for all of the picture.
 *
 * @param index name of the index file, for messages
 * @throws Fault naming the file and pixel, if a mask has another size or a label that is no concept
 */
export async function readSample(
  row: IndexRow,
  index: string,
  labels: BrodenLabels,
  grid: Grid,
  tree: FileTree,
): Promise<SampleLabels> {
  const data = row.data.flat();
  const everywhere = new Set<ConceptId>();
  for (const datum of data) {
    if (typeof datum === 'number' && datum !== 0) everywhere.add((labels.idPlusOne[datum] - 1) as ConceptId);
  }
  const masks = data.filter((datum) => typeof datum === 'string');
  const planes = await Promise.all(masks.map((path) => readPlane(fileIn(tree, path), index, labels, grid)));
  return { planes, everywhere: Array.from(everywhere) };
}

async function readPlane(file: TreeFile, index: string, labels: BrodenLabels, grid: Grid): Promise<Uint16Array> {
  const { width, height, numbers } = readLabelPng(await file.bytes(), file.path);
  if (width !== grid.width || height !== grid.height) {
    throw probingFaults['mask-size'](file.path, `${height} x ${width}`, index, `${grid.height} x ${grid.width}`);
  }
  const { idPlusOne } = labels;
  const plane = new Uint16Array(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at];
    if (number === 0) continue;
    const value = number < idPlusOne.length ? idPlusOne[number] : 0;
    if (value === 0 || value === UNPROBED)
      throw pixelFault(file.path, at % width, Math.floor(at / width), number, labels);
    plane[at] = value;
  }
  return plane;
}

function pixelFault(path: string, x: number, y: number, number: number, labels: BrodenLabels): Error {
  const most = labels.idPlusOne.length - 1;
  return labels.rowByNumber.has(number)
    ? unprobed(`${path}, pixel x ${x}, y ${y}`, number, labels)
    : probingFaults['unknown-pixel'](path, x, y, number, most);
}

/** The fault for a label that is used in a probed category but listed under others only. */
export function unprobed(where: string, number: number, labels: BrodenLabels): Error {
  const label = labels.rowByNumber.get(number);
  return probingFaults['unprobed-label'](where, number, label?.name ?? '', label?.categories.join(', ') ?? '');
}
