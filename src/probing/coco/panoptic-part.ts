import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { readRgbPng } from '../png.ts';
import type { CocoPart } from './coco-part.ts';
import { putLabels } from './label-regions.ts';
import type { CocoTable } from './read-table.ts';

/**
 * Panoptic segments of a COCO file: label maps whose pixels carry a segment's number (red + 256 green + 65,536 blue; 0 is nothing), and
 * the segment's category in the file's `segments_info`.
 *
 * @param maps the label map of each picture; undefined where it is not there
 */
export function panopticPart(
  table: CocoTable,
  images: CocoPart['images'],
  maps: readonly (TreeFile | undefined)[],
): CocoPart {
  const json = table.file.path;
  return {
    kind: 'panoptic',
    categories: table.categories,
    images,
    digests: [`${json} ${table.digest}`],
    notes: [],
    categoriesOf: (image) => table.segments.of(image)?.categories.values() ?? [],
    filesOf(image) {
      const map = maps[image];
      return map === undefined ? [] : [map];
    },
    async draw(image, grid, put) {
      const size = table.sizeOf(image);
      const map = maps[image];
      const segments = table.segments.of(image);
      if (map === undefined || segments === undefined) return { ...size, file: json };
      const { height, width, numbers } = readRgbPng(await map.bytes(), map.path);
      if (height !== size.height || width !== size.width) {
        const wanted = `${size.height} x ${size.width}`;
        throw probingFaults['coco-png-size'](map.path, `${height} x ${width}`, json, wanted);
      }
      const lookUp = (number: number, pixel: number): number | undefined => {
        const category = segments.categories.get(number);
        if (category === undefined && number !== 0) {
          throw probingFaults['coco-segment'](map.path, pixel % width, Math.floor(pixel / width), number, json);
        }
        return category;
      };
      putLabels(numbers, size, grid, lookUp, put);
      return { ...size, file: map.path };
    },
  };
}
