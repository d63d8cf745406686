import { describe, expect, it } from 'vitest';
import { openCoco } from '../../../src/probing/coco/open-coco.ts';
import { goodCoco, grayPng, instances, json, only, panoptic, segmentPng, SEGMENTS, type CocoContent } from '../../probing/support/coco.ts';
import { LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';
import { put, remove, type Mutation } from '../mutations.ts';

interface BadSet {
  readonly name: string;
  readonly mutate: Mutation;
  readonly code: string;
  readonly message: string;
}

const INSTANCES = 'annotations/instances_val2017.json';
const PANOPTIC = 'annotations/panoptic_val2017.json';
const MAP = 'annotations/panoptic_val2017/000000000007.png';

/** Changes the instances. */
const changed = (change: (content: CocoContent) => void): Mutation => {
  const content = instances();
  change(content);
  return put(INSTANCES, json(content));
};
const annotation = (fields: Readonly<Record<string, unknown>>): Mutation => changed(({ annotations }) => void Object.assign(annotations[1], fields));
const changedPanoptic = (change: (content: CocoContent) => void): Mutation => {
  const content = panoptic();
  change(content);
  return put(PANOPTIC, json(content));
};
const text = JSON.stringify(instances());

const badInstances: readonly BadSet[] = [
  { name: 'JSON with a stray letter', mutate: put(INSTANCES, utf8('{"images": [x]}')), code: 'probing/coco-json', message: 'annotations/instances_val2017.json is no valid JSON: what stands at byte 12 does not belong there. Make or download it again.' },
  { name: 'JSON with a missing colon', mutate: put(INSTANCES, utf8('{"images" []}')), code: 'probing/coco-json', message: 'annotations/instances_val2017.json is no valid JSON: what stands at byte 10 does not belong there. Make or download it again.' },
  { name: 'JSON that is cut off', mutate: put(INSTANCES, utf8(text.slice(0, 300))), code: 'probing/coco-json-cut', message: 'annotations/instances_val2017.json is cut off: its JSON does not end after 300 bytes. Make or download it again.' },
  { name: 'JSON with something behind its end', mutate: put(INSTANCES, utf8(`${text}}`)), code: 'probing/coco-json', message: `annotations/instances_val2017.json is no valid JSON: what stands at byte ${text.length} does not belong there. Make or download it again.` },
  { name: 'nothing', mutate: put(INSTANCES, utf8('')), code: 'probing/wrong-kind', message: 'annotations/instances_val2017.json is empty (0 bytes), not a JSON file. Make or download it again.' },
  { name: 'an LFS pointer', mutate: put(INSTANCES, LFS_POINTER), code: 'probing/wrong-kind', message: 'annotations/instances_val2017.json is a Git LFS pointer, not a JSON file. Fetch the real file with git lfs pull.' },
  { name: 'a web page', mutate: put(INSTANCES, WEB_PAGE), code: 'probing/wrong-kind', message: 'annotations/instances_val2017.json is a web page (HTML), not a JSON file. Download the file itself again.' },
  { name: 'an annotation that is a number', mutate: put(INSTANCES, utf8('{"annotations": [{"image_id": 1, "category_id": 1}, 5]}')), code: 'probing/coco-entry', message: 'annotations/instances_val2017.json, annotations[1]: 5 is no object with fields.' },
  { name: 'no annotations', mutate: changed((content) => void (content.annotations = [])), code: 'probing/coco-nothing', message: 'set has no COCO annotations: none of its files lists regions with polygons, masks, boxes or segments.' },
  { name: 'an unknown picture', mutate: annotation({ image_id: 70 }), code: 'probing/coco-unknown-id', message: 'annotations/instances_val2017.json, annotations[1], image_id: 70 is not the id of any of images.' },
  { name: 'an unknown category', mutate: annotation({ category_id: 99 }), code: 'probing/coco-unknown-id', message: 'annotations/instances_val2017.json, annotations[1], category_id: 99 is not the id of any of categories.' },
  { name: 'an annotation without a picture', mutate: annotation({ image_id: undefined }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], image_id: nothing is found where a whole number is wanted.' },
  { name: 'a picture twice', mutate: changed(({ images }) => void (images[1]['id'] = 7)), code: 'probing/coco-repeated-id', message: 'annotations/instances_val2017.json, images[1], id: 7 is already used in images[0].' },
  { name: 'a category twice', mutate: changed(({ categories }) => void (categories[2]['id'] = 1)), code: 'probing/coco-repeated-id', message: 'annotations/instances_val2017.json, categories[2], id: 1 is already used in categories[0].' },
  { name: 'a category without a name', mutate: changed(({ categories }) => void (categories[2]['name'] = '')), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, categories[2], name: "" is found where a text is wanted.' },
  { name: 'a picture without a name', mutate: changed(({ images }) => void delete images[0]['file_name']), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, images[0], file_name: nothing is found where a text is wanted.' },
  { name: 'a picture of height 0', mutate: changed(({ images }) => void (images[0]['height'] = 0)), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, images[0], height: 0 is found where a whole number from 1 to 32768 is wanted.' },
  { name: 'a polygon of 7 numbers', mutate: annotation({ segmentation: [[0, 0, 1, 0, 1, 1], [0, 0, 1, 0, 1, 1, 2]] }), code: 'probing/coco-polygon', message: 'annotations/instances_val2017.json, annotations[1], segmentation[1]: a polygon has x and y by turns, of at least three corners; this one has 7 numbers.' },
  { name: 'a polygon of two corners', mutate: annotation({ segmentation: [[0, 0, 1, 0]] }), code: 'probing/coco-polygon', message: 'annotations/instances_val2017.json, annotations[1], segmentation[0]: a polygon has x and y by turns, of at least three corners; this one has 4 numbers.' },
  { name: 'a polygon with a text', mutate: annotation({ segmentation: [[0, 0, 1, '0', 1, 1]] }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], segmentation[0]: [0,0,1,"0",1,1] is found where a list of numbers, x and y by turns is wanted.' },
  { name: 'a polygon that leads far away', mutate: annotation({ segmentation: [[0, 0, 1e9, 0, 1, 1]] }), code: 'probing/coco-far', message: 'annotations/instances_val2017.json, annotations[1], segmentation[0]: 1000000000 lies too far outside the picture; coordinates may be up to 100000.' },
  { name: 'a segmentation that is a text', mutate: annotation({ segmentation: 'PQn0' }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], segmentation: "PQn0" is found where a list of polygons or a run-length mask is wanted.' },
  { name: 'a box of three numbers', mutate: annotation({ segmentation: [], bbox: [0, 0, 1] }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], bbox: [0,0,1] is found where a list of x, y, width and height is wanted.' },
  { name: 'runs that are too short', mutate: annotation({ segmentation: { counts: [5, 1, 9], size: [4, 4] } }), code: 'probing/coco-run-sum', message: 'annotations/instances_val2017.json, annotations[1], segmentation.counts: the runs make 15 pixels, but size says 4 x 4 (height x width), which makes 16.' },
  { name: 'compressed runs that are too long', mutate: annotation({ segmentation: { counts: '51n0', size: [4, 4] } }), code: 'probing/coco-run-sum', message: 'annotations/instances_val2017.json, annotations[1], segmentation.counts: the runs make 36 pixels, but size says 4 x 4 (height x width), which makes 16.' },
  { name: 'a run of -1', mutate: annotation({ segmentation: { counts: [5, -1, 12], size: [4, 4] } }), code: 'probing/coco-field', message: "annotations/instances_val2017.json, annotations[1], segmentation.counts: [5,-1,12] is found where a mask's runs is wanted." },
  { name: 'compressed runs with a space', mutate: annotation({ segmentation: { counts: '5 1', size: [4, 4] } }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], segmentation.counts: "5 1" is found where a mask\'s runs is wanted.' },
  { name: 'runs without a size', mutate: annotation({ segmentation: { counts: [16] } }), code: 'probing/coco-field', message: 'annotations/instances_val2017.json, annotations[1], segmentation.size: nothing is found where a pair of height and width is wanted.' },
];

describe('instances that cannot be opened', () => {
  it.each(badInstances)('$name', async ({ mutate, code, message }) => {
    const files = only(goodCoco(), 'instances', 'jpg');
    mutate(files);
    await expectFault(() => openCoco(asFolder(files)), code, message);
  });
});

const badPanoptic: readonly BadSet[] = [
  { name: 'no label maps', mutate: remove(MAP), code: 'probing/coco-no-maps', message: 'None of the label maps that annotations/panoptic_val2017.json names is there. Put the folder panoptic_val2017 with its PNGs (unpacked, if it is a zip) beside it.' },
  { name: 'two entries for a picture', mutate: changedPanoptic(({ annotations }) => void annotations.push({ ...annotations[0] })), code: 'probing/coco-two-maps', message: 'annotations/panoptic_val2017.json, annotations[1]: picture 7 has segments already. A picture has one entry with segments_info.' },
  { name: 'a segment without a number', mutate: changedPanoptic(({ annotations }) => void (annotations[0]['segments_info'] = [{ id: 1, category_id: 3 }, { category_id: 3 }])), code: 'probing/coco-field', message: 'annotations/panoptic_val2017.json, annotations[0], segments_info[1].id: nothing is found where a whole number from 1 to 16777215 is wanted.' },
  { name: 'a segment without a category', mutate: changedPanoptic(({ annotations }) => void (annotations[0]['segments_info'] = [{ id: 1 }])), code: 'probing/coco-field', message: 'annotations/panoptic_val2017.json, annotations[0], segments_info[0].category_id: nothing is found where a whole number is wanted.' },
  { name: 'a segment of an unknown category', mutate: changedPanoptic(({ annotations }) => void (annotations[0]['segments_info'] = [{ id: 1, category_id: 4 }])), code: 'probing/coco-unknown-id', message: 'annotations/panoptic_val2017.json, annotations[0], category_id: 4 is not the id of any of categories.' },
];

describe('panoptic segments that cannot be opened', () => {
  it.each(badPanoptic)('$name', async ({ mutate, code, message }) => {
    const files = only(goodCoco(), 'panoptic', 'jpg');
    mutate(files);
    await expectFault(() => openCoco(asFolder(files)), code, message);
  });
});

const badSamples: readonly BadSet[] = [
  { name: 'a mask of another size than its picture', mutate: annotation({ segmentation: { counts: [2, 1, 12], size: [5, 3] } }), code: 'probing/coco-mask-size', message: 'annotations/instances_val2017.json, annotations[1], segmentation.size: the mask is 5 x 3 pixels (height x width), but its picture is 4 x 4.' },
  { name: 'a segment that segments_info does not have', mutate: put(MAP, segmentPng(SEGMENTS.with(6, 65_536), 4)), code: 'probing/coco-segment', message: 'annotations/panoptic_val2017/000000000007.png, pixel x 2, y 1: segment 65536 (red + 256 x green + 65,536 x blue) is not in its segments_info in annotations/panoptic_val2017.json.' },
  { name: 'a label map of another size', mutate: put(MAP, segmentPng(SEGMENTS.slice(4), 4)), code: 'probing/coco-png-size', message: 'annotations/panoptic_val2017/000000000007.png is 3 x 4 pixels (height x width), but annotations/panoptic_val2017.json says 4 x 4.' },
  { name: 'a label map that is none', mutate: put(MAP, WEB_PAGE), code: 'probing/wrong-kind', message: 'annotations/panoptic_val2017/000000000007.png is a web page (HTML), not a PNG mask. Download the file itself again.' },
  { name: 'a number without a label', mutate: put('stuffthingmaps/val2017/000000000007.png', grayPng([255, 0, 182, 0], 2)), code: 'probing/coco-label', message: "stuffthingmaps/val2017/000000000007.png, pixel x 0, y 1: 182 stands for no label of COCO-Stuff. In this kind of label map a pixel is a label's number less 1, or 255." },
  { name: 'a converted map with a number without a label', mutate: put('stuffthingmaps/val2017/000000000007_labelTrainIds.png', grayPng([171], 1)), code: 'probing/coco-label', message: 'stuffthingmaps/val2017/000000000007_labelTrainIds.png, pixel x 0, y 0: 171 stands for no label of COCO-Stuff. In this kind of label map a pixel is a number from 0 to 170, or 255.' },
  { name: 'files that differ on the size', mutate: put('stuffthingmaps/val2017/000000000007.png', grayPng([255, 0], 2)), code: 'probing/coco-sizes', message: '000000000007.jpg is 1 x 2 pixels (height x width) in stuffthingmaps/val2017/000000000007.png, but 4 x 4 in annotations/instances_val2017.json.' },
];

describe('a sample that cannot be read', () => {
  it.each(badSamples)('$name', async ({ mutate, code, message }) => {
    const files = goodCoco();
    mutate(files);
    const source = await openCoco(asFolder(files));
    await expectFault(() => source.read(0, { height: 4, width: 4 }), code, message);
    expect((await source.read(1, { height: 4, width: 4 })).planes).toHaveLength(3);
  });
});
