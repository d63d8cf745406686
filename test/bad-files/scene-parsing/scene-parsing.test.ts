import { it } from 'vitest';
import { openSceneParsing } from '../../../src/probing/scene-parsing/scene-parsing.ts';
import { release } from '../../probing/scene-parsing/made.ts';
import { grayPng } from '../../probing/support/masks.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

it.each([
  [
    'a table that is missing',
    'objectInfo150.txt',
    undefined,
    'probing/no-object-info',
    'set has pictures and masks of ADE20K scene parsing, but not the table of their classes. Add objectInfo150.txt of ADEChallengeData2016, which lies beside the folders images and annotations.',
  ],
  [
    'a table of other columns',
    'objectInfo150.txt',
    utf8('Idx Name\n1 wall\n'),
    'probing/object-info',
    'objectInfo150.txt is no table of classes: its first line must name the columns Idx and Name, separated by tabs, and classes must follow.',
  ],
  [
    'a line that is too short',
    'objectInfo150.txt',
    utf8('Idx\tName\n1\twall\n2\n'),
    'probing/object-info-line',
    'objectInfo150.txt, line 3: 1 field separated by tabs, but the first line names 2, and a class must have a name.',
  ],
  [
    'a number that is none',
    'objectInfo150.txt',
    utf8('Idx\tName\n0\twall\n'),
    'probing/class-number',
    'objectInfo150.txt, line 2: "0" is no number of a class. Whole numbers from 1 to 65534 are.',
  ],
  [
    'a number that stands twice',
    'objectInfo150.txt',
    utf8('Idx\tName\n1\twall\n1\tsky\n'),
    'probing/repeated-number',
    'objectInfo150.txt, row 3: number 1 is already used in row 2.',
  ],
  [
    'a class that is not in the table',
    'annotations/training/ADE_train_1.png',
    grayPng(2, [1, 0, 0, 3]),
    'probing/unlisted-pixel',
    'annotations/training/ADE_train_1.png, pixel x 1, y 1: the number 3 is not in objectInfo150.txt. Take both from the same release.',
  ],
  [
    'a mask that is no PNG',
    'annotations/training/ADE_train_1.png',
    utf8('<html>'),
    'probing/wrong-kind',
    'annotations/training/ADE_train_1.png is a web page (HTML), not a PNG mask. Download the file itself again.',
  ],
])('refuses %s', async (_, path, bytes, code, message) => {
  const files = release();
  if (bytes === undefined) files.delete(path);
  else files.set(path, bytes);
  await expectFault(
    async () => (await openSceneParsing(asFolder(files))).read(0, { height: 1, width: 1 }),
    code,
    message,
  );
});
