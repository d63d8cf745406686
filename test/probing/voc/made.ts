import { grayPng } from '../support/masks.ts';
import { indexedPng } from '../support/png.ts';
import { utf8 } from '../support/trees.ts';

export type Files = Map<string, Uint8Array<ArrayBuffer>>;
export type Edges = readonly [number, number, number, number];

export const PICTURE = grayPng(4, [0, 0, 0, 0]);

/** A mask whose palette has nothing to do with the classes. */
export function mask(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const palette = Array.from({ length: 256 }, (_, at) => [(at * 7) % 256, 3, (at * 5) % 256]);
  return indexedPng(4, 1, 8, Uint8Array.from(values), palette);
}

export function box([xmin, ymin, xmax, ymax]: Edges): string {
  return `<bndbox><xmax>${xmax}</xmax><xmin>${xmin}</xmin><ymax>${ymax}</ymax><ymin>${ymin}</ymin></bndbox>`;
}

export function xml(
  objects: string,
  size = '<size><width>4</width><height>4</height><depth>3</depth></size>',
): Uint8Array<ArrayBuffer> {
  return utf8(`<annotation>\n<filename>x.jpg</filename>${size}${objects}</annotation>\n`);
}

export function object(name: string, edges: Edges, parts = ''): string {
  return `<object><name>${name}</name>${parts}${box(edges)}</object>`;
}

export function devkit(): Files {
  return new Map([
    ['VOC2012/JPEGImages/2007_1.jpg', PICTURE],
    ['VOC2012/JPEGImages/2007_2.jpg', PICTURE],
    ['VOC2012/JPEGImages/2007_3.jpg', PICTURE],
    ['VOC2012/SegmentationClass/2007_1.png', mask([0, 1, 20, 255])],
    ['VOC2012/SegmentationClass/2007_2.png', mask([15, 0, 0, 0])],
    ['VOC2012/SegmentationObject/2007_1.png', mask([0, 1, 2, 255])],
    ['VOC2012/Annotations/2007_1.xml', xml(object('cat', [1, 1, 4, 4]))],
    ['VOC2012/ImageSets/Segmentation/train.txt', utf8('2007_1\n')],
    ['VOC2012/ImageSets/Segmentation/trainval.txt', utf8('2007_1\n2007_2\n')],
    ['VOC2012/ImageSets/Segmentation/val.txt', utf8('2007_2\n')],
    ['VOC2012/ImageSets/Main/cat_train.txt', utf8('2007_3 -1\n')],
  ]);
}
