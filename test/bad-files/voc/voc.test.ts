import { it } from 'vitest';
import { openVoc } from '../../../src/probing/voc/voc.ts';
import { mask, box, xml, object, devkit } from '../../probing/voc/made.ts';
import { asFolder, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

const one = 'VOC2012/Annotations/2007_3.xml';
const first = 'VOC2012/SegmentationClass/2007_1.png';
const boxMessage = (where: string): string =>
  `${one}, ${where}: a name and a bndbox with xmin, ymin, xmax and ymax are wanted, the box within the picture.`;
it.each<[string, string, Uint8Array<ArrayBuffer>, string, string]>([
  [
    'XML cut off',
    one,
    utf8('<annotation>\n<object>'),
    'probing/voc-cut-off',
    `${one} is cut off: not all of its XML tags are closed. Make or download it again.`,
  ],
  [
    'no XML',
    one,
    utf8('<annotation>\n<object></name></annotation>'),
    'probing/voc-xml',
    `${one}, line 2: this is no XML. Make or download the file again.`,
  ],
  [
    'XML without a size',
    one,
    xml(object('cat', [1, 1, 1, 1]), ''),
    'probing/voc-size',
    `${one} does not say how large its picture is: annotation.size with width and height, 1 or more, is wanted.`,
  ],
  [
    'an object without a name',
    one,
    xml('<object>' + box([1, 1, 1, 1]) + '</object>'),
    'probing/voc-box',
    boxMessage('object 1'),
  ],
  [
    'a box turned round',
    one,
    xml(object('cat', [1, 1, 1, 1]) + object('dog', [3, 1, 2, 1])),
    'probing/voc-box',
    boxMessage('object 2'),
  ],
  [
    'a part outside',
    one,
    xml(object('cat', [1, 1, 1, 1], `<part><name>head</name>${box([5, 1, 6, 1])}</part>`)),
    'probing/voc-box',
    boxMessage('object 1, part 1'),
  ],
  [
    'a class beyond 20',
    first,
    mask([0, 0, 21, 0]),
    'probing/voc-pixel',
    `${first}, pixel x 2, y 0: 21 is no class of Pascal VOC. Masks in SegmentationClass hold 0 to 20, and 255 for borders.`,
  ],
])('refuses %s', async (_, path, bytes, code, message) => {
  const files = devkit();
  files.set(path, bytes);
  await expectFault(async () => (await openVoc(asFolder(files))).read(0, { height: 1, width: 1 }), code, message);
});
