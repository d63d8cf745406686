import { describe, expect, it } from 'vitest';
import { openCityscapes, recogniseCityscapes } from '../../../src/probing/cityscapes/cityscapes.ts';
import { expectFault } from '../../bad-files/bad-file.ts';
import { conceptsAt, grayPng, rgbPng } from '../support/masks.ts';
import { asFolder } from '../support/trees.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;

const PICTURE = grayPng(2, [0, 0]);
const FINE = 'gtFine/train/ulm/ulm_000000_000019_gtFine_labelIds.png';

function release(): Files {
  return new Map([
    ['leftImg8bit/train/ulm/ulm_000000_000019_leftImg8bit.png', PICTURE],
    ['leftImg8bit/val/munster/munster_000000_000019_leftImg8bit.png', PICTURE],
    ['leftImg8bit/test/bonn/bonn_000000_000019_leftImg8bit.png', PICTURE],
    [FINE, grayPng(4, [0, 3, 4, 7, 23, 24, 26, 33])],
    ['gtFine/train/ulm/ulm_000000_000019_gtFine_labelTrainIds.png', grayPng(2, [0, 0])],
    ['gtFine/train/ulm/ulm_000000_000019_gtFine_color.png', rgbPng(1, [[1, 2, 3]])],
    ['gtCoarse/train/ulm/ulm_000000_000019_gtCoarse_labelIds.png', grayPng(2, [7, 7])],
    ['gtCoarse/val/munster/munster_000000_000019_gtCoarse_labelTrainIds.png', grayPng(2, [18, 255])],
    ['gtFine/test/bonn/bonn_000000_000019_gtFine_labelIds.png', grayPng(2, [3, 3])],
  ]);
}

describe('openCityscapes', () => {
  it('reads classes and their groups, from the best masks there are', async () => {
    const tree = asFolder(release());
    expect(recogniseCityscapes(tree)).toBe(true);
    const source = await openCityscapes(tree);
    expect(source.concepts).toHaveLength(36);
    expect(source.samples.map(({ name, split }) => [name, split])).toEqual([
      ['leftImg8bit/train/ulm/ulm_000000_000019_leftImg8bit.png', 'train'],
      ['leftImg8bit/val/munster/munster_000000_000019_leftImg8bit.png', 'val'],
    ]);
    expect(await conceptsAt(source, 0, 4, 2)).toEqual([
      [],
      [],
      ['object static'],
      ['group flat', 'object road'],
      ['object sky'],
      ['group human', 'object person'],
      ['group vehicle', 'object car'],
      ['group vehicle', 'object bicycle'],
    ]);
    expect(await conceptsAt(source, 1, 2, 1)).toEqual([['group vehicle', 'object bicycle'], []]);
    expect(source.notes).toEqual(['The split test is left out: its masks are empty.']);
  });

  it('numbers the 19 classes of the benchmark from 0, in the order of all', async () => {
    const files: Files = new Map([
      [
        'gtFine/val/x/x_1_gtFine_labelIds.png',
        grayPng(19, [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33]),
      ],
      [
        'gtFine/val/x/x_2_gtFine_labelTrainIds.png',
        grayPng(
          19,
          Array.from({ length: 19 }, (_, at) => at),
        ),
      ],
    ]);
    const source = await openCityscapes(asFolder(files));
    expect(await conceptsAt(source, 1, 19, 1)).toEqual(await conceptsAt(source, 0, 19, 1));
  });

  it('leaves other trees to others', () => {
    expect(recogniseCityscapes(asFolder(new Map([['a/b/x_labelIds.png', PICTURE]])))).toBe(false);
  });

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
});
