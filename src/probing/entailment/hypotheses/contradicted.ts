import type { Claim, HypothesisTemplate, Told } from '../claims.ts';
import { claimsOf } from '../claims.ts';
import { barePhrase, be, does, isDoing, numbers, sentence, wornPhrase } from '../phrases.ts';
import { crowd } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { anySubject, figureClaim, otherFigure, sameSubject, widerSubject, wrongCat } from '../subjects.ts';
import { clash, deeds, sleep } from '../words/deeds.ts';
import type { Deed } from '../words/deeds.ts';
import { pluralOf } from '../words/figures.ts';
import { colors, furs } from '../words/looks.ts';
import { placesIn, sitePhrases } from '../words/places.ts';
import type { Place } from '../words/places.ts';
import { times } from '../words/times.ts';
import { ing } from '../words/verbs.ts';

const atHome = placesIn(['home']);
const catDeeds = deeds.filter(({ by, phrase }) => by === 'animals' && /^(?:sit|lie|sleep|drink|walk)/.test(phrase));
const watching = deeds.filter(({ phrase }) => /^watch/.test(phrase));

/** A deed that cannot be done while the scene's is. */
function otherDeed({ scene, dice }: Told): Deed | undefined {
  const { deed } = scene;
  if (!deed) return undefined;
  for (let tries = 0; tries < 20; tries += 1) {
    const other = dice.pick(deeds);
    if (other.by === deed.by && other.uses.mind !== 'asleep' && clash(deed.uses, other.uses)) return other;
  }
  return undefined;
}

/** A place that is not the scene's: of another area, out of doors if the scene is indoors, or the other way round. */
function otherPlace(place: Place, { dice }: Told): Place {
  const others = placesIn(['town', 'water', 'nature', 'home', 'dining', 'school', 'stage', 'transit', 'work']);
  return dice.pick(others.filter(({ area }) => area !== place.area));
}

/** The scene with one detail that is wrong. */
function withOneWrong(scene: Scene, told: Told): Scene | undefined {
  const { dice } = told;
  const { worn, fur, place, figures, count, age } = scene;
  const other = otherFigure(scene, dice);
  const wrong: Scene[] = [];
  if (worn?.color) {
    const color = dice.pick(colors.filter((name) => name !== worn.color));
    wrong.push({ ...scene, worn: { ...worn, color } });
  }
  if (fur) wrong.push({ ...scene, fur: dice.pick(furs.filter((name) => name !== fur)) });
  if (place) wrong.push({ ...scene, place: otherPlace(place, told), time: null });
  if (other && worn?.garment.one !== 'dress') wrong.push({ ...scene, figures: [other] });
  if (figures.length === 1 && count > 1 && count < crowd) wrong.push({ ...scene, count: count === 2 ? 3 : 2 });
  if (age && figures[0].age === 'adult') wrong.push({ ...scene, age: age === 'old' ? 'young' : 'old' });
  const deed = otherDeed(told);
  if (deed) wrong.push({ ...scene, deed });
  return wrong.length > 0 ? dice.pick(wrong) : undefined;
}

/** Hypotheses that cannot be true of the picture that the premise tells. */
export const contradicted: readonly HypothesisTemplate[] = [
  {
    name: 'nobody does it',
    weight: 6,
    make: ({ scene, dice }) => {
      if (!scene.deed || scene.deed.by === 'animals') return undefined;
      const deed: Claim = { kind: 'deed', deed: scene.deed };
      return {
        text: sentence('nobody', dice.chance(0.85) ? isDoing(scene.deed.phrase, 1) : does(scene.deed.phrase, 1)),
        claims: [{ kind: 'nobody', of: deed }],
      };
    },
  },
  {
    name: 'nobody is there',
    weight: 4,
    make: ({ scene, dice }) => {
      const { place, figures } = scene;
      if (!place || figures.length === 0 || figures[0].species === 'animal') return undefined;
      const phrase = place.site !== null && dice.chance(0.15) ? dice.pick(sitePhrases[place.site]) : place.phrase;
      return {
        text: sentence('nobody is', phrase),
        claims: [{ kind: 'nobody', of: { kind: 'place', place: phrase === place.phrase ? place : phrase } }],
      };
    },
  },
  {
    name: 'nobody wears it',
    weight: 1.5,
    make: ({ scene }) =>
      scene.worn
        ? {
            text: sentence('nobody is wearing', wornPhrase(scene.worn, false)),
            claims: [{ kind: 'nobody', of: { kind: 'worn', ...scene.worn } }],
          }
        : undefined,
  },
  {
    name: 'sleeping',
    weight: 9,
    make: ({ scene, dice }) => {
      if (!scene.deed || !clash(scene.deed.uses, sleep.uses)) return undefined;
      const { words, count, claims } = dice.chance(0.1) ? widerSubject(scene, dice) : sameSubject(scene, dice);
      const home = dice.chance(0.3) && scene.place && scene.place.area !== 'home' ? dice.pick(atHome) : null;
      const said = dice.chance(0.75)
        ? `${be(count)} ${dice.pick(['sleeping', 'sleeping', 'sleeping on a couch', 'sleeping in bed'])}`
        : `${be(count)} asleep`;
      const where: Claim[] = home ? [{ kind: 'place', place: home }] : [];
      return {
        text: sentence(words, said, said.endsWith('ing') || said.endsWith('asleep') ? home && home.phrase : null),
        claims: [...claims, { kind: 'deed', deed: sleep }, ...where],
      };
    },
  },
  {
    name: 'a cat',
    weight: 6,
    make: ({ scene, dice }) => {
      const cat = wrongCat(scene);
      if (!cat || scene.figures.length === 0) return undefined;
      const count = scene.count === 1 || dice.chance(0.6) ? 1 : 2;
      const deed = dice.pick(catDeeds);
      return {
        text: sentence(count === 1 ? barePhrase('cat', 1, dice) : 'two cats', isDoing(deed.phrase, count)),
        claims: [figureClaim(cat), { kind: 'deed', deed }],
      };
    },
  },
  {
    name: 'alone',
    weight: 6,
    make: ({ scene, dice }) => {
      const { figures, count, deed } = scene;
      if (count < 2 || !deed) return undefined;
      const { one } = dice.pick(figures);
      const word = figures.find((figure) => figure.one === one) ?? one;
      const subject = dice.chance(0.5) ? `the ${one}` : barePhrase(one, 1, dice);
      const said = dice.chance(0.5) ? 'is alone' : `${isDoing(deed.phrase, 1)} alone`;
      const doing: Claim[] = said === 'is alone' ? [] : [{ kind: 'deed', deed }];
      return { text: sentence(subject, said), claims: [figureClaim(word), ...doing, { kind: 'alone' }] };
    },
  },
  {
    name: 'other deed',
    weight: 5,
    make: (told) => {
      const deed = otherDeed(told);
      if (!deed) return undefined;
      const { words, count, claims } = sameSubject(told.scene, told.dice);
      const said = told.dice.chance(0.8) ? isDoing(deed.phrase, count) : does(deed.phrase, count);
      return { text: sentence(words, said), claims: [...claims, { kind: 'deed', deed }] };
    },
  },
  {
    name: 'watching television',
    weight: 2,
    make: ({ scene, dice }) => {
      const deed = dice.pick(watching);
      if (!scene.deed || scene.deed.by === 'animals' || !clash(scene.deed.uses, deed.uses)) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return { text: sentence(words, isDoing(deed.phrase, count)), claims: [...claims, { kind: 'deed', deed }] };
    },
  },
  {
    name: 'other figure',
    weight: 4,
    make: ({ scene, dice }) => {
      const other = otherFigure(scene, dice);
      if (!other || !scene.deed) return undefined;
      return {
        text: sentence(barePhrase(other.one, scene.count, dice), isDoing(scene.deed.phrase, scene.count)),
        claims: [figureClaim(other), { kind: 'deed', deed: scene.deed }],
      };
    },
  },
  {
    name: 'wrong number',
    weight: 2,
    make: ({ scene, dice }) => {
      const { figures, count, deed } = scene;
      if (figures.length !== 1 || count === crowd || !deed) return undefined;
      const wrong = dice.pick([2, 3, 4, 5].filter((number) => number !== count));
      return {
        text: sentence(`${numbers[wrong]} ${figures[0].many}`, isDoing(deed.phrase, wrong)),
        claims: [
          { kind: 'figure', word: figures[0], count: wrong },
          { kind: 'deed', deed },
        ],
      };
    },
  },
  {
    name: 'wrong color',
    weight: 4,
    make: ({ scene, dice }) => {
      const { worn } = scene;
      if (!worn?.color) return undefined;
      const { words, count, claims } = anySubject(scene, dice);
      const color = dice.pick(colors.filter((name) => name !== worn.color));
      return {
        text: sentence(words, isDoing('wear', count), wornPhrase({ ...worn, color }, count > 1)),
        claims: [...claims, { kind: 'worn', garment: worn.garment, color }],
      };
    },
  },
  {
    name: 'wrong place',
    weight: 4,
    make: (told) => {
      const { scene, dice } = told;
      if (!scene.place || !scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const place = otherPlace(scene.place, told);
      const doing = dice.chance(0.5);
      return {
        text: sentence(words, doing ? isDoing(scene.deed.phrase, count) : be(count), place.phrase),
        claims: [...claims, ...(doing ? [{ kind: 'deed', deed: scene.deed } as const] : []), { kind: 'place', place }],
      };
    },
  },
  {
    name: 'wrong site',
    weight: 1.6,
    make: ({ scene, dice }) => {
      const site = scene.place?.site;
      if (!site || !scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const phrase = dice.pick(sitePhrases[site === 'outdoors' ? 'indoors' : 'outdoors']);
      return { text: sentence(words, be(count), phrase), claims: [...claims, { kind: 'place', place: phrase }] };
    },
  },
  {
    name: 'not doing it',
    weight: 3,
    make: ({ scene, dice }) => {
      if (!scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return {
        text: sentence(words, be(count), 'not', ing(scene.deed.phrase)),
        claims: [...claims, { kind: 'not', of: { kind: 'deed', deed: scene.deed } }],
      };
    },
  },
  {
    name: 'retold with one thing wrong',
    weight: 3,
    make: (told) => {
      const wrong = withOneWrong(told.scene, told);
      return wrong && { text: told.retell(wrong), claims: claimsOf(wrong) };
    },
  },
  {
    name: 'wrong age',
    weight: 1,
    make: ({ scene, dice }) => {
      const { age, figures } = scene;
      if (!age || figures[0].age !== 'adult') return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const other = age === 'old' ? 'young' : 'old';
      return { text: sentence(words, be(count), other), claims: [...claims, { kind: 'age', age: other }] };
    },
  },
  {
    name: 'wrong weather',
    weight: 1.5,
    make: ({ scene, dice }) => {
      const { time } = scene;
      const others = time ? times.filter(({ uses }) => clash(uses, time.uses)) : [];
      if (others.length === 0) return undefined;
      const other = dice.pick(others);
      return { text: sentence(other.sentence), claims: [{ kind: 'time', time: other }] };
    },
  },
  {
    name: 'not a single one',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      const { deed, figures } = scene;
      if (!deed || figures.length !== 1) return undefined;
      const wide = dice.chance(0.5) ? figures[0].one : figures[0].species;
      const word = wide === figures[0].one ? figures[0] : wide;
      return {
        text: sentence('not a single', wide, isDoing(deed.phrase, 1)),
        claims: [{ kind: 'nobody', of: figureClaim(word) }],
      };
    },
  },
  {
    name: 'instead',
    weight: 3,
    heldOut: true,
    make: (told) => {
      const deed = told.dice.chance(0.4) ? sleep : otherDeed(told);
      const { scene, dice } = told;
      if (!deed || !scene.deed || !clash(scene.deed.uses, deed.uses)) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return {
        text: sentence(`instead of ${ing(scene.deed.phrase)},`, words, isDoing(deed.phrase, count)),
        claims: [...claims, { kind: 'deed', deed }],
      };
    },
  },
  {
    name: 'no such figure',
    weight: 3,
    heldOut: true,
    make: ({ scene }) => {
      const { figures, place } = scene;
      if (figures.length === 0) return undefined;
      return {
        text: sentence('there are no', pluralOf(figures[0].species), place && place.phrase),
        claims: [{ kind: 'nobody', of: figureClaim(figures[0].species) }],
      };
    },
  },
];
