/** Where a thing plausibly is: on land outdoors, on a floor, on a table, in the air, in or on water. */
export type Place = 'land' | 'room' | 'table' | 'air' | 'water';

/** A concept drawn from emoji. */
export interface Thing {
  /** Name of the concept; COCO's where COCO has the class. */
  readonly name: string;
  /** Name of its group (COCO's supercategory in the plural, or one of our own), or undefined. */
  readonly group: string | undefined;
  readonly places: readonly Place[];
  /** Files of the emoji package that show it, without `.webp`; one of them is drawn at a time. */
  readonly files: readonly string[];
}

/** One row: name, places, files. */
type Row = readonly [name: string, places: string, files: string];

const byGroup: Readonly<Record<string, readonly Row[]>> = {
  people: [
    [
      'person',
      'land room',
      '1f9cd-1f3fb-200d-2642-fe0f 1f9cd-1f3fe-200d-2640-fe0f 1f6b6-1f3fd 1f6b6-1f3fd-200d-2640-fe0f 1f6b6-1f3ff-200d-2642-fe0f 1f3c3-1f3fc',
    ],
  ],
  vehicles: [
    ['bicycle', 'land', '1f6b2'],
    ['motorcycle', 'land', '1f3cd-fe0f'],
    ['car', 'land', '1f697 1f699 1f695'],
    ['bus', 'land', '1f68c 1f68d'],
    ['train', 'land', '1f682 1f686'],
    ['truck', 'land', '1f69a 1f69b'],
    ['airplane', 'air', '2708-fe0f 1f6e9-fe0f'],
    ['helicopter', 'air', '1f681'],
    ['boat', 'water', '26f5 1f6a4 1f6f3-fe0f 1f6a2'],
  ],
  animals: [
    ['bird', 'air land', '1f426 1f99c 1f985'],
    ['cat', 'room land', '1f408 1f408-200d-2b1b'],
    ['dog', 'room land', '1f415 1f429 1f415-200d-1f9ba'],
    ['horse', 'land', '1f40e'],
    ['sheep', 'land', '1f411 1f40f'],
    ['cow', 'land', '1f404 1f402'],
    ['elephant', 'land', '1f418'],
    ['zebra', 'land', '1f993'],
    ['giraffe', 'land', '1f992'],
    ['rabbit', 'land', '1f407'],
    ['penguin', 'land', '1f427'],
    ['duck', 'water land', '1f986'],
    ['dolphin', 'water', '1f42c'],
    ['fish', 'water', '1f41f'],
  ],
  furniture: [
    ['chair', 'room', '1fa91'],
    ['couch', 'room', '1f6cb-fe0f'],
    ['bed', 'room', '1f6cf-fe0f'],
    ['potted plant', 'room table', '1fab4'],
    ['toilet', 'room', '1f6bd'],
  ],
  electronics: [
    ['tv', 'room table', '1f4fa 1f5a5-fe0f'],
    ['laptop', 'table', '1f4bb'],
    ['cell phone', 'table', '1f4f1'],
    ['keyboard', 'table', '2328-fe0f'],
    ['mouse', 'table', '1f5b1-fe0f'],
  ],
  household: [
    ['book', 'table', '1f4d5 1f4d7 1f4d8 1f4d6'],
    ['clock', 'table', '1f570-fe0f 23f0 1f550'],
    ['vase', 'table room', '1f3fa 26b1-fe0f'],
    ['scissors', 'table', '2702-fe0f'],
    ['teddy bear', 'room table', '1f9f8'],
  ],
  kitchenware: [
    ['wine glass', 'table', '1f377'],
    ['cup', 'table', '2615 1f375'],
    ['bottle', 'table', '1f37e 1f9f4'],
    ['spoon', 'table', '1f944'],
    ['knife', 'table', '1f52a'],
    ['bowl', 'table', '1f963 1f957'],
  ],
  food: [
    ['banana', 'table', '1f34c'],
    ['apple', 'table', '1f34e 1f34f'],
    ['sandwich', 'table', '1f96a'],
    ['orange', 'table', '1f34a'],
    ['broccoli', 'table', '1f966'],
    ['carrot', 'table', '1f955'],
    ['hot dog', 'table', '1f32d'],
    ['pizza', 'table', '1f355'],
    ['donut', 'table', '1f369'],
    ['cake', 'table', '1f382 1f370'],
    ['hamburger', 'table', '1f354'],
  ],
  accessories: [
    ['umbrella', 'land room', '2602-fe0f 2614'],
    ['backpack', 'room land', '1f392'],
    ['handbag', 'room table', '1f45c'],
    ['suitcase', 'room land', '1f9f3'],
  ],
  'sports gear': [
    ['frisbee', 'air', '1f94f'],
    ['sports ball', 'land room', '26bd 1f3c0'],
    ['tennis racket', 'land room', '1f3be'],
    ['kite', 'air', '1fa81'],
    ['skateboard', 'land room', '1f6f9'],
  ],
  plants: [
    ['tree', 'land', '1f333 1f332'],
    ['palm tree', 'land', '1f334'],
    ['cactus', 'land', '1f335'],
    ['flower', 'land', '1f33b 1f337 1f339 1f33c'],
  ],
  buildings: [
    ['house', 'land', '1f3e0 1f3e1'],
    ['tent', 'land', '26fa'],
    ['castle', 'land', '1f3f0'],
  ],
};

const withoutGroup: readonly Row[] = [
  ['traffic light', 'land', '1f6a6 1f6a5'],
  ['balloon', 'air', '1f388'],
  ['snowman', 'land', '26c4'],
  ['moon', 'air', '1f319'],
  ['sun', 'air', '2600-fe0f'],
];

/** Names of all groups, in the order of the table. */
export const groups: readonly string[] = Object.keys(byGroup);

/** Everything that is drawn, in a fixed order. */
export const things: readonly Thing[] = [
  ...Object.entries(byGroup).flatMap(([group, rows]) => rows.map((row) => thingOf(row, group))),
  ...withoutGroup.map((row) => thingOf(row, undefined)),
];

function thingOf([name, places, files]: Row, group: string | undefined): Thing {
  return { name, group, places: places.split(' ') as Place[], files: files.split(' ') };
}
