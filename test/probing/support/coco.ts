import { encode } from 'fast-png';
import { utf8, type Files } from './trees.ts';

type Entry = Record<string, unknown>;

/** A COCO file's content. */
export interface CocoContent {
  images: Entry[];
  annotations: Entry[];
  categories: Entry[];
}

/** Starts like a JPEG, which is all that is looked at. */
export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46);

/** The lower left triangle and the right half of pictures of 4 x 4 pixels, and a mask of one pixel. */
export function instances(): CocoContent {
  return {
    images: [
      { id: 7, file_name: '000000000007.jpg', height: 4, width: 4 },
      { id: 9, file_name: '000000000009.jpg', height: 2, width: 4 },
    ],
    annotations: [
      { id: 1, image_id: 7, category_id: 3, segmentation: [[2, 0, 4, 0, 4, 4, 2, 4]], bbox: [2, 0, 2, 4], iscrowd: 0 },
      { id: 2, image_id: 7, category_id: 1, segmentation: { counts: [5, 1, 10], size: [4, 4] }, iscrowd: 1 },
      { id: 3, image_id: 9, category_id: 3, segmentation: { counts: '062', size: [2, 4] }, iscrowd: 1 },
      { id: 4, image_id: 9, category_id: 8, segmentation: [], bbox: [1, 0, 1, 1] },
    ],
    categories: [
      { id: 1, name: 'person', supercategory: 'person' },
      { id: 3, name: 'car', supercategory: 'vehicle' },
      { id: 8, name: 'truck', supercategory: 'vehicle' },
    ],
  };
}

/** Stuff of the same pictures. */
export function stuff(): CocoContent {
  return {
    images: instances().images,
    annotations: [
      { id: 1, image_id: 7, category_id: 157, segmentation: { counts: [0, 4, 12], size: [4, 4] } },
      { id: 2, image_id: 7, category_id: 183, segmentation: { counts: [4, 12], size: [4, 4] } },
    ],
    categories: [
      { id: 157, name: 'sky-other', supercategory: 'sky' },
      { id: 183, name: 'other', supercategory: 'other' },
    ],
  };
}

/** Panoptic segments of the first picture: 70,001 on the left, 5 on the right, nothing in the last row. */
export function panoptic(): CocoContent {
  return {
    images: instances().images.slice(0, 1),
    annotations: [
      {
        image_id: 7,
        file_name: '000000000007.png',
        segments_info: [
          { id: 70_001, category_id: 3 },
          { id: 5, category_id: 187 },
        ],
      },
    ],
    categories: [
      { id: 3, name: 'car', supercategory: 'vehicle', isthing: 1 },
      { id: 187, name: 'sky-other-merged', supercategory: 'sky', isthing: 0 },
    ],
  };
}

/** The label map of {@link panoptic}. */
export const SEGMENTS: readonly number[] = [
  70_001, 70_001, 5, 5, 70_001, 70_001, 5, 5, 70_001, 70_001, 5, 5, 0, 0, 0, 0,
];

export function segmentPng(numbers: readonly number[], width: number): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(numbers.flatMap((number) => [number & 255, (number >> 8) & 255, number >> 16]));
  return new Uint8Array(encode({ width, height: numbers.length / width, data, channels: 3, depth: 8 }));
}

export function grayPng(numbers: readonly number[], width: number): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(numbers);
  return new Uint8Array(encode({ width, height: numbers.length / width, data, channels: 1, depth: 8 }));
}

export function json(content: unknown): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify(content));
}

/** Instances, stuff and panoptic segments of two pictures, as COCO lays them out. */
export function goodCoco(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map<string, Uint8Array<ArrayBuffer>>([
    ['annotations/instances_val2017.json', json(instances())],
    ['annotations/stuff_val2017.json', json(stuff())],
    ['annotations/panoptic_val2017.json', json(panoptic())],
    ['annotations/panoptic_val2017/000000000007.png', segmentPng(SEGMENTS, 4)],
    ['val2017/000000000007.jpg', JPEG],
    ['val2017/000000000009.jpg', JPEG],
  ]);
}

/** Some of the files. */
export function only(files: Files, ...wanted: readonly string[]): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(Array.from(files).filter(([path]) => wanted.some((part) => path.includes(part))));
}
