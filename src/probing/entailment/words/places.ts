/** Parts of the world: two places of different areas are never the same place. */
export type Area =
  'town' | 'water' | 'nature' | 'yard' | 'home' | 'dining' | 'shop' | 'school' | 'stage' | 'sport' | 'transit' | 'work';

/** Where something happens. */
export interface Place {
  /** With its preposition: `on the beach`. */
  readonly phrase: string;
  /** With its article: `the beach`. */
  readonly noun: string;
  readonly area: Area;
  /** Null: the words do not say. */
  readonly site: 'outdoors' | 'indoors' | null;
  /** Wider phrases, each true wherever the place's is. */
  readonly general: readonly string[];
}

const table: Readonly<Record<Area, { site: Place['site']; general: readonly string[]; places: string }>> = {
  town: {
    site: 'outdoors',
    general: ['in town'],
    places: 'on the street, on the sidewalk, on a corner, on a bridge, in a parking lot, in an alley',
  },
  water: {
    site: 'outdoors',
    general: ['near the water'],
    places: 'on the beach, by the lake, near the river, by the ocean, on a pier',
  },
  nature: {
    site: 'outdoors',
    general: [],
    places: 'in the park, in a field, in the forest, on a mountain, on a hill, under a tree, in the desert, on a trail',
  },
  yard: { site: 'outdoors', general: [], places: 'in the garden, in the yard, on a farm, on the lawn' },
  home: {
    site: 'indoors',
    general: ['in a house'],
    places: 'in the kitchen, in the bedroom, in the living room, in the bathroom, in the hallway',
  },
  dining: { site: 'indoors', general: [], places: 'in a restaurant, in a bar, in a cafe' },
  shop: { site: null, general: [], places: 'in a store, at the market, at a shop' },
  school: { site: 'indoors', general: [], places: 'in a classroom, in a museum, in a school' },
  stage: { site: null, general: [], places: 'on a stage, in a theater, at a concert, at a festival' },
  sport: { site: null, general: [], places: 'in a stadium, in a gym, on the court, at the arena' },
  transit: { site: null, general: [], places: 'on a train, on a bus, at the airport, at the station' },
  work: { site: null, general: [], places: 'in an office, in a warehouse, in a hospital, in a garage' },
};

/** Phrases that say indoors or outdoors and nothing else. */
export const sitePhrases = { outdoors: ['outside', 'outdoors'], indoors: ['inside', 'indoors'] } as const;

/** Every place, area by area. */
export const places: readonly Place[] = Object.entries(table).flatMap(([area, { site, general, places: list }]) =>
  list.split(', ').map((phrase) => ({
    phrase,
    noun: phrase.slice(phrase.indexOf(' ') + 1),
    area: area as Area,
    site,
    general: site === null ? general : [...general, ...sitePhrases[site]],
  })),
);

const lists = new Map<string, readonly Place[]>();

/** Places in any of the areas. */
export function placesIn(areas: readonly Area[]): readonly Place[] {
  const key = areas.join();
  const list = lists.get(key) ?? places.filter(({ area }) => areas.includes(area));
  lists.set(key, list);
  return list;
}
