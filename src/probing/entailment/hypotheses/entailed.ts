import type { HypothesisTemplate, Told } from '../claims.ts';
import { claimsOf } from '../claims.ts';
import { barePhrase, be, does, isDoing, numbers, sentence, wornPhrase } from '../phrases.ts';
import { crowd } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { anySubject, figureClaim, sameSubject, widerSubject } from '../subjects.ts';
import { clash, deedNamed, sleep } from '../words/deeds.ts';
import { pluralOf } from '../words/figures.ts';
import { sitePhrases } from '../words/places.ts';
import { ing } from '../words/verbs.ts';

/** The scene with one or two of its details left out; undefined where it has none. */
function withLess(scene: Scene, { dice }: Told): Scene | undefined {
  const details = (['age', 'fur', 'worn', 'place', 'time'] as const).filter((key) => scene[key] !== null);
  if (details.length === 0) return undefined;
  const dropped = dice.shuffled(details).slice(0, details.length > 2 && dice.chance(0.3) ? 2 : 1);
  return { ...scene, ...Object.fromEntries(dropped.map((key) => [key, null])) };
}

/** Hypotheses that follow from their premise: they drop details or say them in wider words. */
export const entailed: readonly HypothesisTemplate[] = [
  {
    name: 'deed only',
    weight: 4,
    make: ({ scene, dice }) => {
      const { words, count, claims } = sameSubject(scene, dice);
      if (!scene.deed) return undefined;
      const { phrase } = scene.deed;
      const said = dice.chance(0.75) ? isDoing(phrase, count) : does(phrase, count);
      return { text: sentence(words, said), claims: [...claims, { kind: 'deed', deed: scene.deed }] };
    },
  },
  {
    name: 'wider figure',
    weight: 6,
    make: ({ scene, dice }) => {
      const { words, count, claims } = widerSubject(scene, dice);
      if (!scene.deed) return undefined;
      return {
        text: sentence(words, isDoing(scene.deed.phrase, count)),
        claims: [...claims, { kind: 'deed', deed: scene.deed }],
      };
    },
  },
  {
    name: 'wider deed',
    weight: 4,
    make: ({ scene, dice }) => {
      if (!scene.deed?.general.length) return undefined;
      const deed = deedNamed(dice.pick(scene.deed.general));
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      return { text: sentence(words, isDoing(deed.phrase, count)), claims: [...claims, { kind: 'deed', deed }] };
    },
  },
  {
    name: 'outside',
    weight: 9,
    make: ({ scene, dice }) => {
      if (scene.place?.site !== 'outdoors') return undefined;
      const { words, count, claims } = dice.chance(0.5) ? widerSubject(scene, dice) : sameSubject(scene, dice);
      const phrase = dice.pick(sitePhrases.outdoors);
      return { text: sentence(words, be(count), phrase), claims: [...claims, { kind: 'place', place: phrase }] };
    },
  },
  {
    name: 'doing it outside',
    weight: 4,
    make: ({ scene, dice }) => {
      if (!scene.deed || scene.place?.site !== 'outdoors') return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      const deed = scene.deed.general.length && dice.chance(0.5) ? deedNamed(scene.deed.general[0]) : scene.deed;
      const phrase = dice.pick(sitePhrases.outdoors);
      return {
        text: sentence(words, isDoing(deed.phrase, count), phrase),
        claims: [...claims, { kind: 'deed', deed }, { kind: 'place', place: phrase }],
      };
    },
  },
  {
    name: 'inside',
    weight: 2,
    make: ({ scene, dice }) => {
      if (scene.place?.site !== 'indoors') return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      const phrase = dice.pick(scene.place.general);
      return { text: sentence(words, be(count), phrase), claims: [...claims, { kind: 'place', place: phrase }] };
    },
  },
  {
    name: 'worn',
    weight: 3,
    make: ({ scene, dice }) => {
      if (!scene.worn) return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      const worn = dice.chance(0.5) ? scene.worn : { ...scene.worn, color: null };
      return {
        text: sentence(words, isDoing('wear', count), wornPhrase(worn, count > 1)),
        claims: [...claims, { kind: 'worn', ...worn }],
      };
    },
  },
  {
    name: 'place',
    weight: 2,
    make: ({ scene, dice }) => {
      if (!scene.place || !scene.deed) return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      return {
        text: sentence(words, be(count), scene.place.phrase),
        claims: [...claims, { kind: 'place', place: scene.place }],
      };
    },
  },
  {
    name: 'retold with less',
    weight: 13,
    make: (told) => {
      const less = withLess(told.scene, told);
      return less && { text: told.retell(less), claims: claimsOf(less) };
    },
  },
  {
    name: 'there is',
    weight: 2,
    make: ({ scene, dice }) => {
      const { claims, count } = widerSubject(scene, dice);
      const [claim] = claims;
      if (claim.kind !== 'figure' || typeof claim.word !== 'string') return undefined;
      const words = count > 1 ? pluralOf(claim.word) : `a ${claim.word}`;
      const phrase = scene.place && scene.place.phrase;
      return {
        text: sentence('there', be(count), words.replace(/^a (?=[aeiou])/, 'an '), phrase),
        claims: scene.place ? [claim, { kind: 'place', place: scene.place }] : [claim],
      };
    },
  },
  {
    name: 'how many',
    weight: 1.5,
    make: ({ scene, dice }) => {
      const { figures, count } = scene;
      if (count < 2 || count >= crowd || figures.length > 1) return undefined;
      const wide = dice.chance(0.6) ? (figures[0].species === 'person' ? 'person' : 'animal') : figures[0].one;
      return {
        text: sentence('there are', `${numbers[count]} ${pluralOf(wide)}`),
        claims: [{ kind: 'figure', word: wide === figures[0].one ? figures[0] : wide, count }],
      };
    },
  },
  {
    name: 'age',
    weight: 0.8,
    make: ({ scene, dice }) => {
      if (!scene.age) return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      return { text: sentence(words, be(count), scene.age), claims: [...claims, { kind: 'age', age: scene.age }] };
    },
  },
  {
    name: 'weather',
    weight: 1.5,
    make: ({ scene }) =>
      scene.time ? { text: sentence(scene.time.sentence), claims: [{ kind: 'time', time: scene.time }] } : undefined,
  },
  {
    name: 'nobody sleeps',
    weight: 0.35,
    make: ({ scene, dice }) =>
      scene.deed && clash(scene.deed.uses, sleep.uses)
        ? {
            text: sentence(dice.pick(['nobody is sleeping', 'nobody is asleep'])),
            claims: [{ kind: 'nobody', of: { kind: 'deed', deed: sleep } }],
          }
        : undefined,
  },
  {
    name: 'not what it is not',
    weight: 0.8,
    make: ({ scene, dice }) => {
      if (!scene.deed || !clash(scene.deed.uses, sleep.uses)) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return {
        text: sentence(words, be(count), 'not', dice.pick(['asleep', 'sleeping'])),
        claims: [...claims, { kind: 'not', of: { kind: 'deed', deed: sleep } }],
      };
    },
  },
  {
    name: 'asleep',
    weight: 3,
    make: ({ scene, dice }) => {
      if (scene.deed?.uses.mind !== 'asleep') return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      return { text: sentence(words, be(count), 'asleep'), claims: [...claims, { kind: 'deed', deed: sleep }] };
    },
  },
  {
    name: 'alone',
    weight: 4,
    make: ({ scene, dice }) => {
      if (!scene.lone) return undefined;
      const { words, claims } = sameSubject(scene, dice);
      return { text: sentence(words, 'is alone'), claims: [...claims, { kind: 'alone' }] };
    },
  },
  {
    name: 'in the picture',
    weight: 2,
    heldOut: true,
    make: ({ scene, dice }) => {
      const { words, claims } = widerSubject(scene, dice);
      return { text: sentence('the picture shows', words), claims };
    },
  },
  {
    name: 'busy',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      if (!scene.deed) return undefined;
      const { words, count, claims } = anySubject(scene, dice, 0.4);
      return {
        text: sentence(words, be(count), 'busy', ing(scene.deed.phrase)),
        claims: [...claims, { kind: 'deed', deed: scene.deed }],
      };
    },
  },
  {
    name: 'open air',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      if (scene.place?.site !== 'outdoors' || !scene.deed) return undefined;
      const [figure] = scene.figures;
      const words = barePhrase(figure.species === 'person' ? 'person' : 'animal', scene.count, dice);
      return {
        text: sentence('outside,', words, isDoing(scene.deed.phrase, scene.count)),
        claims: [
          figureClaim(figure.species === 'person' ? 'person' : 'animal'),
          { kind: 'place', place: 'outside' },
          { kind: 'deed', deed: scene.deed },
        ],
      };
    },
  },
];
