import { probingFaults } from '../errors.ts';
import type { CocoPart } from './coco-part.ts';
import { GridSampler } from './grid-sampler.ts';
import type { CocoTable } from './read-table.ts';
import { changesOf, maskSize } from './segmentation.ts';

/** Regions of a COCO file, given by polygons, masks and boxes. Crowds count as regions like any other. */
export function regionsPart(table: CocoTable, images: CocoPart['images'], kind: 'instances' | 'stuff'): CocoPart {
  const { file, regions, empty, leftOut } = table;
  const notes = [
    ...(empty === 0 ? [] : [`${file.path}: ${count(empty, 'annotation')} with neither segmentation nor box left out.`]),
    ...(leftOut === null ? [] : [`${file.path}: ${leftOut}, which stands for all that is no stuff, is left out.`]),
  ];
  return {
    kind,
    categories: table.categories,
    images,
    digests: [`${file.path} ${table.digest}`],
    notes,
    categoriesOf: (image) => regions.categoriesOf(image),
    filesOf: () => [],
    async draw(image, grid, put) {
      const size = table.sizeOf(image);
      const sampler = new GridSampler(size, grid);
      for (const { category, entry, packed } of regions.regionsOf(image)) {
        const changes = changesOf(packed, size);
        if (changes === undefined) {
          const { height, width } = maskSize(packed);
          const wanted = `${size.height} x ${size.width}`;
          throw probingFaults['coco-mask-size'](file.path, `annotations[${entry}]`, `${height} x ${width}`, wanted);
        }
        put(category, sampler.positions(changes));
      }
      return { ...size, file: file.path };
    },
  };
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
