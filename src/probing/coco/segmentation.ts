import type { Size } from '../annotated/annotated-source.ts';
import { probingFaults } from '../errors.ts';
import type { Entry } from './entry.ts';
import { isFields, shown } from './json-entries.ts';
import { latticePoints, polygonChanges } from './polygon.ts';
import { decodeRuns, runChanges } from './run-lengths.ts';

const POLYGON = 0;
const RUNS = 1;
/** Numbers before the points of a polygon, and before the runs of a mask (what it is, height, width). */
const POLYGON_HEAD = 2;
const RUNS_HEAD = 3;
/** Polygons may reach out of their picture, but not so far that following their outline never ends. */
const FARTHEST = 100_000;

/**
 * The regions of an annotation as lists of whole numbers that {@link changesOf} understands: one for each polygon (their union is the
 * region), one for a mask given by its runs, or the rectangle of `bbox` where there is no segmentation.
 *
 * @returns no list where the annotation has neither
 * @throws Fault naming the file, the entry and the field
 */
export function packRegions(entry: Entry): ArrayLike<number>[] {
  const { segmentation, bbox } = entry.fields;
  if (isFields(segmentation)) return [packRuns(entry, segmentation['counts'], segmentation['size'])];
  if (Array.isArray(segmentation)) {
    const polygons: readonly unknown[] = typeof segmentation[0] === 'number' ? [segmentation] : segmentation;
    const packed = polygons.flatMap((polygon, at) =>
      Array.isArray(polygon) && polygon.length === 0 ? [] : [packPolygon(entry, polygon, `segmentation[${at}]`)],
    );
    if (packed.length > 0) return packed;
  } else if (segmentation !== undefined && segmentation !== null) {
    throw entry.wrong('segmentation', 'a list of polygons or a run-length mask');
  }
  if (bbox === undefined || bbox === null || (Array.isArray(bbox) && bbox.length === 0)) return [];
  if (!isNumbers(bbox) || bbox.length !== 4) throw entry.wrong('bbox', 'a list of x, y, width and height');
  const [left, top, width, height] = bbox;
  const [right, bottom] = [left + width, top + height];
  return [packPolygon(entry, [left, top, left, bottom, right, bottom, right, top], 'bbox')];
}

/**
 * Where a region's mask changes.
 *
 * @param packed as {@link packRegions} gives it
 * @param size of the picture
 * @returns as {@link polygonChanges} and {@link runChanges}; undefined, if the mask has another size than the picture
 */
export function changesOf(packed: Int32Array, size: Size): Uint32Array | undefined {
  if (packed[0] === POLYGON) return polygonChanges(packed.subarray(POLYGON_HEAD), size);
  if (packed[1] !== size.height || packed[2] !== size.width) return undefined;
  return runChanges(packed.subarray(RUNS_HEAD));
}

/** The size of a mask given by its runs. */
export function maskSize(packed: Int32Array): Size {
  return { height: packed[1], width: packed[2] };
}

function packPolygon(entry: Entry, polygon: unknown, field: string): ArrayLike<number> {
  if (!isNumbers(polygon)) {
    throw probingFaults['coco-field'](
      entry.file,
      entry.where,
      field,
      shown(polygon),
      'a list of numbers, x and y by turns',
    );
  }
  if (polygon.length % 2 === 1 || polygon.length < 6) {
    throw probingFaults['coco-polygon'](entry.file, entry.where, field, polygon.length);
  }
  const far = polygon.find((value) => Math.abs(value) > FARTHEST);
  if (far !== undefined) throw probingFaults['coco-far'](entry.file, entry.where, field, far, FARTHEST);
  const packed = new Int32Array(POLYGON_HEAD + polygon.length);
  packed[0] = POLYGON;
  packed.set(latticePoints(polygon), POLYGON_HEAD);
  return packed;
}

function packRuns(entry: Entry, given: unknown, size: unknown): ArrayLike<number> {
  const { height, width } = entry.size(size, 'segmentation.size');
  const counts = typeof given === 'string' ? decodeRuns(given) : given;
  if (!isNumbers(counts) || counts.some((count) => count < 0 || !Number.isInteger(count))) {
    throw probingFaults['coco-field'](entry.file, entry.where, 'segmentation.counts', shown(given), "a mask's runs");
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum !== height * width) throw probingFaults['coco-run-sum'](entry.file, entry.where, sum, height, width);
  return [RUNS, height, width, ...counts];
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isFinite);
}
