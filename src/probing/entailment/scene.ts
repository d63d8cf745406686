import type { Dice } from '../scenes/random.ts';
import { deeds } from './words/deeds.ts';
import type { Deed } from './words/deeds.ts';
import { animals, cat, people, roles } from './words/figures.ts';
import type { Figure } from './words/figures.ts';
import { colors, dresses, furs, garments } from './words/looks.ts';
import type { Garment } from './words/looks.ts';
import { places, placesIn } from './words/places.ts';
import type { Place } from './words/places.ts';
import { times } from './words/times.ts';
import type { Time } from './words/times.ts';

/** A number of figures that a caption does not count: `a group of`, `several`. Larger than any number that is counted. */
export const crowd = 6;

/** Something worn; its color is null where the caption does not say. */
export interface Worn {
  readonly garment: Garment;
  readonly color: string | null;
}

/** What a premise tells; what is null it leaves open. */
export interface Scene {
  /** One kind of figure; two for `a man and a woman`; none in an empty place. */
  readonly figures: readonly Figure[];
  /** Figures in all: 1 to 4, or {@link crowd}; with two kinds 2, in an empty place 0. */
  readonly count: number;
  readonly age: 'young' | 'old' | null;
  /** Color of an animal. */
  readonly fur: string | null;
  readonly worn: Worn | null;
  /** Null in an empty place only. */
  readonly deed: Deed | null;
  /** Never null in an empty place. */
  readonly place: Place | null;
  /** Outdoors only. */
  readonly time: Time | null;
  /** The premise says that the one figure is alone. */
  readonly lone: boolean;
  /** How a {@link crowd} is called. */
  readonly crowdWords: string;
}

const crowdWords = ['a group of', 'several', 'many'];
const forPeople = deeds.filter(({ by }) => by === 'people');
const forAnimals = deeds.filter(({ by }) => by === 'animals');
const rolesByName = new Map(roles.map((role) => [role.one, role]));
/** Indexes into `people`: men, women, boys and girls more often than the rest. */
const commonness = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5];

/** A scene as captions have them. */
export function drawSceneOf(dice: Dice): Scene {
  const lot = dice.unit();
  if (lot < 0.015) return emptyPlace(dice);
  return lot < 0.17 ? animalScene(dice) : peopleScene(dice);
}

function emptyPlace(dice: Dice): Scene {
  const nothing = { figures: [], count: 0, age: null, fur: null, worn: null, deed: null, time: null };
  return { ...nothing, place: dice.pick(places), lone: false, crowdWords: '' };
}

function animalScene(dice: Dice): Scene {
  const deed = dice.pick(forAnimals);
  const place = dice.chance(0.65) ? dice.pick(placesIn(deed.areas)) : null;
  const count = dice.chance(0.7) ? 1 : dice.chance(0.7) ? dice.whole(2, 3) : crowd;
  return {
    figures: [dice.chance(0.06) ? cat : dice.pick(animals)],
    count,
    age: null,
    fur: dice.chance(0.5) ? dice.pick(furs) : null,
    worn: null,
    deed,
    place,
    time: timeAt(place, dice),
    lone: count === 1 && dice.chance(0.04),
    crowdWords: dice.pick(crowdWords),
  };
}

function peopleScene(dice: Dice): Scene {
  const deed = dice.pick(forPeople);
  const place = dice.chance(0.68) ? dice.pick(placesIn(deed.areas)) : null;
  const figures = dice.chance(0.08) ? couple(dice) : [figureFor(deed, dice)];
  const count = figures.length === 2 ? 2 : dice.chance(0.6) ? 1 : dice.chance(0.72) ? dice.whole(2, 4) : crowd;
  const role = roles.includes(figures[0]);
  return {
    figures,
    count,
    age: figures.length === 1 && !role && dice.chance(0.3) ? drawAge(figures[0], dice) : null,
    fur: null,
    worn: figures.length === 1 && dice.chance(0.42) ? drawWorn(figures[0], dice) : null,
    deed,
    place,
    time: timeAt(place, dice),
    lone: count === 1 && dice.chance(0.03),
    crowdWords: dice.pick(crowdWords),
  };
}

function figureFor(deed: Deed, dice: Dice): Figure {
  const role = deed.roles.length > 0 && dice.chance(0.25) ? rolesByName.get(dice.pick(deed.roles)) : undefined;
  return role ?? people[dice.pick(commonness)];
}

function couple(dice: Dice): Figure[] {
  const [man, woman, boy, girl] = people;
  return dice.pick([
    [man, woman],
    [woman, man],
    [boy, girl],
    [man, boy],
    [woman, girl],
    [man, girl],
    [woman, boy],
  ]);
}

/** An age that may be said of the figure: children and teenagers are never old. */
export function drawAge(figure: Figure, dice: Dice): Scene['age'] {
  if (figure.age !== 'adult') return figure.one === 'teenager' ? null : 'young';
  return dice.pick(['young', 'young', 'old'] as const);
}

/** Something that the figure may wear, three times in four with its color. */
export function drawWorn(figure: Figure, dice: Dice): Worn {
  const garment = figure.gender === 'female' && dice.chance(0.3) ? dice.pick(dresses) : dice.pick(garments);
  return { garment, color: dice.chance(0.75) ? dice.pick(colors) : null };
}

function timeAt(place: Place | null, dice: Dice): Time | null {
  return place?.site === 'outdoors' && dice.chance(0.16) ? dice.pick(times) : null;
}
