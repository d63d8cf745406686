/** Someone or something a caption is about. */
export interface Figure {
  readonly one: string;
  readonly many: string;
  readonly species: 'person' | 'animal';
  /** Null: the word does not say. */
  readonly gender: 'male' | 'female' | null;
  readonly age: 'child' | 'adult' | null;
  /** Wider words, singular, each true of whatever the word is true of. */
  readonly general: readonly string[];
}

function person(
  one: string,
  many: string,
  gender: Figure['gender'],
  age: Figure['age'],
  ...general: readonly string[]
): Figure {
  return { one, many, species: 'person', gender, age, general: [...general, 'person', 'human'] };
}

function animal(one: string, many: string, ...general: readonly string[]): Figure {
  return { one, many, species: 'animal', gender: null, age: null, general: [...general, 'animal'] };
}

/** People of whom nothing but age and gender is known, the common ones first and more than once. */
export const people: readonly Figure[] = [
  person('man', 'men', 'male', 'adult', 'guy', 'adult'),
  person('woman', 'women', 'female', 'adult', 'lady', 'adult'),
  person('boy', 'boys', 'male', 'child', 'child', 'kid'),
  person('girl', 'girls', 'female', 'child', 'child', 'kid'),
  person('child', 'children', null, 'child', 'kid'),
  person('teenager', 'teenagers', null, null),
];

/** People named by what they do; deeds name those who fit. */
export const roles: readonly Figure[] = [
  person('musician', 'musicians', null, 'adult'),
  person('singer', 'singers', null, 'adult'),
  person('dancer', 'dancers', null, null),
  person('cook', 'cooks', null, 'adult'),
  person('chef', 'chefs', null, 'adult', 'cook'),
  person('nurse', 'nurses', null, 'adult'),
  person('worker', 'workers', null, 'adult'),
  person('farmer', 'farmers', null, 'adult'),
  person('artist', 'artists', null, null),
  person('student', 'students', null, null),
  person('teacher', 'teachers', null, 'adult'),
  person('soldier', 'soldiers', null, 'adult'),
  person('tourist', 'tourists', null, null),
  person('player', 'players', null, null),
  person('runner', 'runners', null, null),
  person('driver', 'drivers', null, 'adult'),
  person('sailor', 'sailors', null, 'adult'),
  person('vendor', 'vendors', null, 'adult'),
  person('photographer', 'photographers', null, null),
  person('doctor', 'doctors', null, 'adult'),
  person('mother', 'mothers', 'female', null, 'woman', 'parent'),
  person('father', 'fathers', 'male', null, 'man', 'parent'),
];

/** Animals of captions, but for the cat. */
export const animals: readonly Figure[] = [
  animal('dog', 'dogs'),
  animal('horse', 'horses'),
  animal('cow', 'cows'),
  animal('goat', 'goats'),
  animal('sheep', 'sheep'),
  animal('bird', 'birds'),
  animal('duck', 'ducks', 'bird'),
  animal('pig', 'pigs'),
  animal('elephant', 'elephants'),
  animal('bear', 'bears'),
  animal('rabbit', 'rabbits'),
];

/** Rare in premises, common in hypotheses that are wrong: see `artefacts.ts`. */
export const cat: Figure = animal('cat', 'cats');

/** Every figure that a caption may name. */
export const figures: readonly Figure[] = [...people, ...roles, ...animals, cat];

const wider: Readonly<Record<string, string>> = {
  person: 'people',
  human: 'humans',
  adult: 'adults',
  guy: 'guys',
  lady: 'ladies',
  kid: 'kids',
  parent: 'parents',
  animal: 'animals',
};

const plurals = new Map<string, string>([
  ...Object.entries(wider),
  ...figures.map(({ one, many }) => [one, many] as const),
]);

/** The plural of a figure's word or of a wider word. */
export function pluralOf(one: string): string {
  return plurals.get(one) ?? `${one}s`;
}
