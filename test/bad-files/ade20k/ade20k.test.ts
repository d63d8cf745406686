import { it } from 'vitest';
import { openAde20k } from '../../../src/probing/ade20k/ade20k.ts';
import { STREET, OLD, pixel, json, release, type Files } from '../../probing/ade20k/made.ts';
import { rgbPng } from '../../probing/support/masks.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

it.each<[string, string, Uint8Array<ArrayBuffer> | undefined, string, string]>([
  [
    'a missing mask',
    `${STREET}_seg.png`,
    undefined,
    'probing/ade-missing',
    `ADE_train_1_seg.png is missing beside ${STREET}.json in set. Every annotated picture of ADE20K needs it; unpack the release again.`,
  ],
  [
    'a mask without names',
    `${STREET}.json`,
    undefined,
    'probing/ade-no-names',
    `${STREET}_seg.png has neither a .json nor an _atr.txt beside it, which name its classes. index_ade20k.mat is not read; take these files from the release.`,
  ],
  [
    'JSON cut off',
    `${STREET}.json`,
    utf8('{"annotation": {"object": ['),
    'probing/ade-json',
    `${STREET}.json is no annotation of ADE20K: JSON with annotation.object is wanted. Unpack the release again.`,
  ],
  [
    'other JSON',
    `${STREET}.json`,
    utf8('{"images": []}'),
    'probing/ade-json',
    `${STREET}.json is no annotation of ADE20K: JSON with annotation.object is wanted. Unpack the release again.`,
  ],
  ['a class that masks cannot hold', `${STREET}.json`, json([['car', 6656, 0]]), 'probing/ade-entry', `${STREET}.json, annotation.object[0]: name, name_ndx (1 to 6655) and parts.part_level (0 or more) are wanted.`],
  ['a level beyond all bounds', `${STREET}.json`, json([['car', 1, 1e9]]), 'probing/ade-entry', `${STREET}.json, annotation.object[0]: name, name_ndx (1 to 6655) and parts.part_level (0 or more) are wanted.`],
  [
    'an object without a number',
    `${STREET}.json`,
    utf8('{"annotation": {"object": [{"name": "car"}]}}'),
    'probing/ade-entry',
    `${STREET}.json, annotation.object[0]: name, name_ndx (1 to 6655) and parts.part_level (0 or more) are wanted.`,
  ],
  [
    'a class that the JSON does not have',
    `${STREET}_seg.png`,
    rgbPng(2, [pixel(401), pixel(402)]),
    'probing/unlisted-pixel',
    `${STREET}_seg.png, pixel x 1, y 0: the number 402 is not in ${STREET}.json. Take both from the same release.`,
  ],
  [
    'parts of another size',
    `${STREET}_parts_1.png`,
    rgbPng(1, [pixel(0), pixel(0)]),
    'probing/masks-differ',
    `${STREET}_seg.png is 1 x 2 pixels (height x width), but ${STREET}_parts_1.png is 2 x 1. All masks of a picture must have one size.`,
  ],
])('refuses %s', async (_, path, bytes, code, message) => {
  const files = release();
  if (bytes === undefined) files.delete(path);
  else files.set(path, bytes);
  await expectFault(async () => (await openAde20k(asFolder(files))).read(0, { height: 1, width: 1 }), code, message);
});

it.each([
  [
    'a line of other form',
    'sky\n',
    'probing/ade-line',
    `${OLD}_atr.txt, line 1: instance, part level, occluded, class names, raw name and attributes are wanted, separated by #.`,
  ],
  [
    'an instance without a line',
    '001 # 0 # 0 # sky # sky # ""\n',
    'probing/ade-instance',
    `${OLD}_seg.png, pixel x 1, y 0: this is instance 2 of part level 0, which is not in ${OLD}_atr.txt. Take both from the same release.`,
  ],
])('refuses %s', async (_, lines, code, message) => {
  const files: Files = new Map([
    [`${OLD}_atr.txt`, utf8(lines)],
    [`${OLD}_seg.png`, rgbPng(2, [pixel(900, 1), pixel(77, 9)])],
  ]);
  await expectFault(async () => (await openAde20k(asFolder(files))).read(0, { height: 1, width: 1 }), code, message);
});
