/** Colors of clothes. */
export const colors: readonly string[] = [
  'red',
  'blue',
  'green',
  'yellow',
  'black',
  'white',
  'pink',
  'purple',
  'orange',
  'gray',
];

/** Colors of animals. */
export const furs: readonly string[] = ['brown', 'black', 'white', 'gray', 'yellow'];

/** Something to wear. */
export interface Garment {
  readonly one: string;
  readonly many: string;
  /** Worn in pairs, as trousers are: no article. */
  readonly plural: boolean;
}

function garment(one: string, many = `${one}s`): Garment {
  return { one, many, plural: one === many };
}

/** What people of captions wear. A color that is told is the only color of the piece. */
export const garments: readonly Garment[] = [
  garment('shirt'),
  garment('jacket'),
  garment('coat'),
  garment('hat'),
  garment('cap'),
  garment('helmet'),
  garment('sweater'),
  garment('vest'),
  garment('uniform'),
  garment('scarf', 'scarves'),
  garment('costume'),
  garment('jeans', 'jeans'),
  garment('shorts', 'shorts'),
  garment('boots', 'boots'),
  garment('gloves', 'gloves'),
];

/** Pieces for women and girls only. */
export const dresses: readonly Garment[] = [garment('dress', 'dresses'), garment('skirt')];
