import { describe, expect, it } from 'vitest';
import { openCityscapes, recogniseCityscapes } from '../../../src/probing/cityscapes/cityscapes.ts';
import { conceptsAt, grayPng } from '../support/masks.ts';
import { asFolder } from '../support/trees.ts';
import { PICTURE, release, type Files } from './made.ts';

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
});
