/** Kinds of scenes; picture i of a series shows kind i modulo their number. */
export const sceneKinds = [
  'street',
  'taxi rank',
  'harbour',
  'lake',
  'beach',
  'desert',
  'farm',
  'park',
  'forest',
  'mountain',
  'kitchen',
  'bedroom',
] as const;

/** One of {@link sceneKinds}. */
export type SceneKind = (typeof sceneKinds)[number];

/** Names of parts, each with the objects it is a part of. A part's pixels always lie inside one of these objects. */
export const partOwners = {
  facade: ['house', 'building'],
  roof: ['house', 'building', 'lighthouse', 'bus'],
  door: ['house', 'building', 'lighthouse', 'fridge', 'cabinet', 'bus'],
  pane: ['house', 'building', 'lighthouse', 'window', 'bus', 'boat'],
  chimney: ['house'],
  tower: ['lighthouse'],
  lantern: ['lighthouse', 'street lamp'],
  trunk: ['tree', 'palm', 'pine'],
  leaves: ['tree', 'bush', 'plant'],
  needles: ['pine'],
  frond: ['palm'],
  stem: ['flower', 'cactus', 'mushroom'],
  petal: ['flower'],
  cap: ['mushroom'],
  branch: ['cactus'],
  body: ['car', 'bus', 'tractor'],
  wheel: ['car', 'bus', 'tractor'],
  windshield: ['car', 'tractor'],
  headlight: ['car', 'bus'],
  cab: ['tractor'],
  exhaust: ['tractor'],
  hull: ['boat'],
  cabin: ['boat'],
  mast: ['boat'],
  sail: ['boat'],
  head: ['person', 'cow', 'sheep', 'camel', 'deer', 'bird'],
  hair: ['person'],
  torso: ['person', 'cow', 'sheep', 'camel', 'deer'],
  arm: ['person'],
  leg: ['person', 'cow', 'sheep', 'camel', 'deer', 'table', 'chair', 'bench', 'bed', 'nightstand'],
  neck: ['camel', 'deer'],
  hump: ['camel'],
  horn: ['cow', 'deer'],
  tail: ['cow', 'camel'],
  wing: ['bird'],
  canopy: ['umbrella'],
  pole: ['umbrella', 'street lamp', 'traffic light', 'lamp'],
  signal: ['traffic light'],
  seat: ['bench', 'chair'],
  backrest: ['bench', 'chair'],
  snowcap: ['mountain'],
  slope: ['mountain'],
  shade: ['lamp'],
  headboard: ['bed'],
  pillow: ['bed'],
  blanket: ['bed'],
  mattress: ['bed'],
  tabletop: ['table', 'cabinet', 'nightstand'],
  drawer: ['cabinet', 'nightstand'],
  handle: ['fridge', 'cabinet', 'stove', 'pot', 'nightstand'],
  oven: ['stove'],
  burner: ['stove'],
  lid: ['pot'],
  vase: ['plant'],
  frame: ['window', 'picture'],
  print: ['picture'],
  dial: ['clock'],
  hand: ['clock'],
} as const satisfies Record<string, readonly string[]>;

/** Names of the objects. A pixel shows at most one. */
export const objectNames = [
  'sky',
  'sun',
  'moon',
  'cloud',
  'bird',
  'water',
  'sand',
  'grass',
  'hill',
  'mountain',
  'rock',
  'road',
  'sidewalk',
  'path',
  'pier',
  'tree',
  'pine',
  'palm',
  'bush',
  'flower',
  'cactus',
  'mushroom',
  'house',
  'building',
  'lighthouse',
  'fence',
  'car',
  'bus',
  'boat',
  'tractor',
  'person',
  'cow',
  'sheep',
  'camel',
  'deer',
  'umbrella',
  'towel',
  'bench',
  'street lamp',
  'traffic light',
  'wall',
  'floor',
  'window',
  'curtain',
  'bed',
  'nightstand',
  'lamp',
  'rug',
  'picture',
  'clock',
  'table',
  'chair',
  'cabinet',
  'stove',
  'fridge',
  'pot',
  'plant',
  'fruit',
] as const;

/** The eleven basic colour terms of English (Berlin and Kay, Basic Color Terms, 1969). */
export const colorNames = [
  'black',
  'white',
  'red',
  'green',
  'yellow',
  'blue',
  'brown',
  'purple',
  'pink',
  'orange',
  'gray',
] as const;

/** One of {@link objectNames}. */
export type ObjectName = (typeof objectNames)[number];

/** One of {@link partNames}. */
export type PartName = keyof typeof partOwners;

/** One of {@link colorNames}. */
export type ColorName = (typeof colorNames)[number];

/** Names of the parts, in the order of {@link partOwners}. */
export const partNames = Object.keys(partOwners) as readonly PartName[];

const objectNumbers = new Map<string, number>(objectNames.map((name, index) => [name, index + 1]));
const partNumbers = new Map<string, number>(partNames.map((name, index) => [name, index + 1]));

/** Number of an object on a canvas, from 1. */
export function objectNumber(name: ObjectName): number {
  return objectNumbers.get(name) ?? 0;
}

/** Number of a part on a canvas, from 1; 0 where there is none. */
export function partNumber(name: PartName | undefined): number {
  return (name && partNumbers.get(name)) ?? 0;
}
