import { it } from 'vitest';
import { openCityscapes } from '../../../src/probing/cityscapes/cityscapes.ts';
import { FINE, release } from '../../probing/cityscapes/made.ts';
import { grayPng, rgbPng } from '../../probing/support/masks.ts';
import { asFolder } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

it.each<[string, Uint8Array<ArrayBuffer>, string, string]>([
  [
    'a number that is no class',
    grayPng(2, [7, 34]),
    'probing/cityscapes-pixel',
    `${FINE}, pixel x 1, y 0: 34 is no class of Cityscapes. Masks named labelIds hold 0 to 33, those named labelTrainIds 0 to 18, and 255 for nothing.`,
  ],
  [
    'a mask of colors',
    rgbPng(1, [[7, 0, 0]]),
    'probing/png-colors',
    `${FINE} is a PNG of colors. Its pixels must be numbers: a gray PNG, or one with a palette.`,
  ],
])('refuses %s', async (_, bytes, code, message) => {
  const files = release();
  files.set(FINE, bytes);
  await expectFault(
    async () => (await openCityscapes(asFolder(files))).read(0, { height: 1, width: 1 }),
    code,
    message,
  );
});
