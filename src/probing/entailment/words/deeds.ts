import type { Area } from './places.ts';
import { animalFrames, frames } from './frames.ts';
import type { Frame } from './frames.ts';

/** Something done, as a caption may say it. */
export interface Deed {
  /** Verb in its plain form first: `play the guitar`. */
  readonly phrase: string;
  /** Wider phrases, each true of whoever does it. */
  readonly general: readonly string[];
  /**
   * What it takes, as a path that grows more special: `hands: instrument/the guitar`. Two deeds cannot be done at once where both take the
   * same thing in ways of which neither contains the other.
   */
  readonly uses: Readonly<Record<string, string>>;
  /** Where it is usually done. */
  readonly areas: readonly Area[];
  /** Names of roles that fit. */
  readonly roles: readonly string[];
  readonly by: 'people' | 'animals';
}

/** Wider phrases as deeds of their own, with what they take. */
const generalUses: Readonly<Record<string, string>> = {
  'play an instrument': 'hands:instrument',
  'make music': '',
  'play a sport': 'body:sport',
  'play a game': '',
  play: '',
  eat: 'mouth:eat',
  'eat food': 'mouth:eat',
  'eat fruit': 'mouth:eat/fruit',
  'have a drink': 'mouth:drink',
  drink: 'mouth:drink',
  read: 'eyes:read',
  'prepare food': 'hands:prepare',
  work: '',
  move: '',
  ride: 'body:ride',
  'drive a vehicle': 'body:drive',
  clean: 'hands:clean',
  exercise: '',
  'look at something': '',
  'hold something': 'hands:hold',
  'carry something': 'hands:carry',
  'make art': '',
  'fix something': 'hands:fix',
  'sell something': '',
  rest: '',
  'use a device': '',
};

function deedsOf({ verb, things, ...frame }: Frame, by: Deed['by']): Deed[] {
  return things.map((thing) => ({
    phrase: thing === '' ? verb : `${verb} ${thing}`,
    general: frame.general ?? [],
    uses: { ...(frame.calm ? {} : { mind: 'awake' }), ...usesOf(frame.uses, thing) },
    areas: frame.areas,
    roles: frame.roles ?? [],
    by,
  }));
}

function usesOf(text: string, thing: string): Record<string, string> {
  const uses: Record<string, string> = {};
  for (const use of text.split(' ').filter(Boolean)) {
    const [key, value] = use.split(':');
    uses[key] = value.endsWith('*') ? `${value.slice(0, -1)}/${thing}` : value;
  }
  return uses;
}

/** All that people do, and all that animals do; the likelier a deed, the more often it stands here. */
export const deeds: readonly Deed[] = [
  ...frames.flatMap((frame) => deedsOf(frame, 'people')),
  ...animalFrames.flatMap((frame) => deedsOf(frame, 'animals')),
];

/** Sleeping: what wrong hypotheses often say. */
export const sleep: Deed = {
  phrase: 'sleep',
  general: ['rest'],
  uses: { mind: 'asleep', body: 'lie', eyes: 'closed', hands: 'still' },
  areas: ['home', 'nature', 'transit', 'yard'],
  roles: [],
  by: 'people',
};

const generals = new Map<string, Deed>(
  Object.entries(generalUses).map(([phrase, uses]) => [
    phrase,
    { phrase, general: [], uses: usesOf(uses, ''), areas: [], roles: [], by: 'people' },
  ]),
);

/** A wider phrase as a deed. @throws RangeError, if there is none such */
export function deedNamed(phrase: string): Deed {
  const deed = generals.get(phrase);
  if (!deed) throw new RangeError(`no wider deed ${phrase}`);
  return deed;
}

/** True where two sets of uses exclude each other. */
export function clash(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  for (const key in one) {
    const [a, b] = [one[key], other[key]];
    if (b !== undefined && !within(a, b) && !within(b, a)) return true;
  }
  return false;
}

function within(special: string, wide: string): boolean {
  return special === wide || special.startsWith(`${wide}/`);
}
