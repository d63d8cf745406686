/** A class of Cityscapes. */
export interface CityscapesClass {
  /** Number in `_labelIds.png`. */
  readonly id: number;
  /** Number in `_labelTrainIds.png`; undefined where these leave it out. */
  readonly trainId?: number;
  readonly name: string;
  /** The group it belongs to; undefined for those that the benchmark calls void. */
  readonly group?: string;
}

/**
 * The published classes (Cordts et al., The Cityscapes Dataset, CVPR 2016; cityscapesScripts, helpers/labels.py). Numbers 0 to 3 mark what is
 * not of the scene: unlabeled, the car that films, the border of rectification, out of the region of interest. Numbers 4 to 6 are void to
 * the benchmark, which does not score them, but things of the scene, and so concepts.
 */
export const CITYSCAPES_CLASSES: readonly CityscapesClass[] = [
  { id: 4, name: 'static' },
  { id: 5, name: 'dynamic' },
  { id: 6, name: 'ground' },
  { id: 7, trainId: 0, name: 'road', group: 'flat' },
  { id: 8, trainId: 1, name: 'sidewalk', group: 'flat' },
  { id: 9, name: 'parking', group: 'flat' },
  { id: 10, name: 'rail track', group: 'flat' },
  { id: 11, trainId: 2, name: 'building', group: 'construction' },
  { id: 12, trainId: 3, name: 'wall', group: 'construction' },
  { id: 13, trainId: 4, name: 'fence', group: 'construction' },
  { id: 14, name: 'guard rail', group: 'construction' },
  { id: 15, name: 'bridge', group: 'construction' },
  { id: 16, name: 'tunnel', group: 'construction' },
  { id: 17, trainId: 5, name: 'pole', group: 'object' },
  { id: 18, name: 'polegroup', group: 'object' },
  { id: 19, trainId: 6, name: 'traffic light', group: 'object' },
  { id: 20, trainId: 7, name: 'traffic sign', group: 'object' },
  { id: 21, trainId: 8, name: 'vegetation', group: 'nature' },
  { id: 22, trainId: 9, name: 'terrain', group: 'nature' },
  { id: 23, trainId: 10, name: 'sky', group: 'sky' },
  { id: 24, trainId: 11, name: 'person', group: 'human' },
  { id: 25, trainId: 12, name: 'rider', group: 'human' },
  { id: 26, trainId: 13, name: 'car', group: 'vehicle' },
  { id: 27, trainId: 14, name: 'truck', group: 'vehicle' },
  { id: 28, trainId: 15, name: 'bus', group: 'vehicle' },
  { id: 29, name: 'caravan', group: 'vehicle' },
  { id: 30, name: 'trailer', group: 'vehicle' },
  { id: 31, trainId: 16, name: 'train', group: 'vehicle' },
  { id: 32, trainId: 17, name: 'motorcycle', group: 'vehicle' },
  { id: 33, trainId: 18, name: 'bicycle', group: 'vehicle' },
];

/** Numbers in `_labelIds.png` that stand for nothing. */
export const NOTHING_IDS: readonly number[] = [0, 1, 2, 3];

/** The number in `_labelTrainIds.png` that stands for nothing. */
export const NOTHING_TRAIN_ID = 255;

/** The groups that are concepts of their own. Sky is left out: its only class is the same. */
export const GROUPS: readonly string[] = ['flat', 'construction', 'object', 'nature', 'human', 'vehicle'];
