/** Labels of COCO-Stuff by the group they belong to, each with its number. */
const THINGS: Readonly<Record<string, string>> = {
  person: '1 person',
  vehicle: '2 bicycle, 3 car, 4 motorcycle, 5 airplane, 6 bus, 7 train, 8 truck, 9 boat',
  outdoor: '10 traffic light, 11 fire hydrant, 13 stop sign, 14 parking meter, 15 bench',
  animal: '16 bird, 17 cat, 18 dog, 19 horse, 20 sheep, 21 cow, 22 elephant, 23 bear, 24 zebra, 25 giraffe',
  accessory: '27 backpack, 28 umbrella, 31 handbag, 32 tie, 33 suitcase',
  sports:
    '34 frisbee, 35 skis, 36 snowboard, 37 sports ball, 38 kite, 39 baseball bat, 40 baseball glove, ' +
    '41 skateboard, 42 surfboard, 43 tennis racket',
  kitchen: '44 bottle, 46 wine glass, 47 cup, 48 fork, 49 knife, 50 spoon, 51 bowl',
  food: '52 banana, 53 apple, 54 sandwich, 55 orange, 56 broccoli, 57 carrot, 58 hot dog, 59 pizza, 60 donut, 61 cake',
  furniture: '62 chair, 63 couch, 64 potted plant, 65 bed, 67 dining table, 70 toilet',
  electronic: '72 tv, 73 laptop, 74 mouse, 75 remote, 76 keyboard, 77 cell phone',
  appliance: '78 microwave, 79 oven, 80 toaster, 81 sink, 82 refrigerator',
  indoor: '84 book, 85 clock, 86 vase, 87 scissors, 88 teddy bear, 89 hair drier, 90 toothbrush',
};

const STUFF: Readonly<Record<string, string>> = {
  textile:
    '92 banner, 93 blanket, 104 cloth, 105 clothes, 109 curtain, 131 mat, 137 napkin, 141 pillow, 152 rug, ' +
    '167 textile-other, 168 towel',
  building: '95 bridge, 96 building-other, 128 house, 151 roof, 158 skyscraper, 166 tent',
  'raw-material': '100 cardboard, 132 metal, 139 paper, 143 plastic',
  'furniture-stuff':
    '98 cabinet, 107 counter, 108 cupboard, 110 desk-stuff, 112 door-stuff, 123 furniture-other, 130 light, ' +
    '133 mirror-stuff, 156 shelf, 161 stairs, 165 table',
  floor: '101 carpet, 114 floor-marble, 115 floor-other, 116 floor-stone, 117 floor-tile, 118 floor-wood',
  plant: '94 branch, 97 bush, 119 flower, 124 grass, 129 leaves, 134 moss, 142 plant-other, 163 straw, 169 tree',
  'food-stuff': '121 food-other, 122 fruit, 153 salad, 170 vegetable',
  ground:
    '111 dirt, 125 gravel, 126 ground-other, 136 mud, 140 pavement, 144 platform, 145 playingfield, ' +
    '147 railroad, 149 road, 154 sand, 159 snow',
  structural: '99 cage, 113 fence, 138 net, 146 railing, 164 structural-other',
  water: '120 fog, 148 river, 155 sea, 178 water-other, 179 waterdrops',
  sky: '106 clouds, 157 sky-other',
  solid: '127 hill, 135 mountain, 150 rock, 160 solid-other, 162 stone, 182 wood',
  wall:
    '171 wall-brick, 172 wall-concrete, 173 wall-other, 174 wall-panel, 175 wall-stone, 176 wall-tile, ' +
    '177 wall-wood',
  ceiling: '102 ceiling-other, 103 ceiling-tile',
  window: '180 window-blind, 181 window-other',
};

/** A label of COCO-Stuff. */
export interface StuffLabel {
  readonly id: number;
  readonly name: string;
  /** Name of the group of labels it belongs to, COCO's `supercategory`. */
  readonly group: string;
  readonly kind: 'object' | 'stuff';
}

/**
 * The 171 labels of COCO-Stuff by ascending number: 80 things (1 to 90) and 91 kinds of stuff (92 to 182). Source: labels.txt and the
 * class hierarchy of the COCO-Stuff repositories (github.com/nightrome/cocostuff and cocostuff10k); groups are named as in COCO's JSON
 * files. Eleven numbers up to 91 have names, but no annotations in any release, and are not among them.
 */
export const STUFF_LABELS: readonly StuffLabel[] = [...labelsOf(THINGS, 'object'), ...labelsOf(STUFF, 'stuff')].sort(
  (one, other) => one.id - other.id,
);

function labelsOf(groups: Readonly<Record<string, string>>, kind: StuffLabel['kind']): StuffLabel[] {
  return Object.entries(groups).flatMap(([group, list]) =>
    list.split(', ').map((entry) => {
      const space = entry.indexOf(' ');
      return { id: Number(entry.slice(0, space)), name: entry.slice(space + 1), group, kind };
    }),
  );
}
