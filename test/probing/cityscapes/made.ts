import { grayPng, rgbPng } from '../support/masks.ts';

export type Files = Map<string, Uint8Array<ArrayBuffer>>;

export const PICTURE = grayPng(2, [0, 0]);
export const FINE = 'gtFine/train/ulm/ulm_000000_000019_gtFine_labelIds.png';

export function release(): Files {
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
