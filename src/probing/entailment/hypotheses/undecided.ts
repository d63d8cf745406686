import type { HypothesisTemplate, Told } from '../claims.ts';
import { claimsOf, unknown } from '../claims.ts';
import { barePhrase, be, does, isDoing, sentence, withArticle, withPronouns, wornPhrase } from '../phrases.ts';
import { drawAge, drawWorn } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { anySubject, figureClaim, sameSubject } from '../subjects.ts';
import { clash, deeds, sleep } from '../words/deeds.ts';
import type { Deed } from '../words/deeds.ts';
import { furs } from '../words/looks.ts';
import { placesIn, sitePhrases } from '../words/places.ts';
import {
  animalTraits,
  bonds,
  companions,
  contests,
  occasions,
  purposes,
  reasons,
  traits,
  wishes,
} from '../words/unknowns.ts';

/** The scene's figures and deed as the premise has them, with something unknown behind: `A man is running for charity.` */
function deedAnd(endings: readonly string[], only?: 'person') {
  return ({ scene, dice }: Told) => {
    if (!scene.deed || (only && scene.figures[0].species !== only)) return undefined;
    const { words, count, claims } = anySubject(scene, dice);
    const { phrase } = scene.deed;
    const said = dice.chance(0.85) ? isDoing(phrase, count) : does(phrase, count);
    return {
      text: sentence(words, said, withPronouns(dice.pick(endings), scene)),
      claims: [...claims, { kind: 'deed', deed: scene.deed } as const, unknown],
    };
  };
}

/** The scene with a detail more, which the premise leaves open. */
function withMore(scene: Scene, { dice }: Told): Scene | undefined {
  const { figures, deed, age, fur, worn, place } = scene;
  if (!deed || figures.length !== 1) return undefined;
  const [figure] = figures;
  const more: Scene[] = [];
  const drawn = figure.species === 'person' && age === null ? drawAge(figure, dice) : null;
  if (drawn) more.push({ ...scene, age: drawn });
  if (figure.species === 'animal' && fur === null) more.push({ ...scene, fur: dice.pick(furs) });
  if (figure.species === 'person' && worn === null) more.push({ ...scene, worn: drawWorn(figure, dice) });
  if (worn?.color === null) more.push({ ...scene, worn: { ...worn, color: 'red' } });
  if (place === null) more.push({ ...scene, place: dice.pick(placesIn(deed.areas)) });
  return more.length > 0 ? dice.pick(more) : undefined;
}

/** A deed that may be done at the same time. */
function deedBeside(deed: Deed, { dice }: Told): Deed | undefined {
  for (let tries = 0; tries < 20; tries += 1) {
    const other = dice.pick(deeds);
    const apart = !clash(deed.uses, other.uses) && other.uses.mind !== 'asleep' && other.phrase !== deed.phrase;
    if (apart && other.by === deed.by && !Object.keys(other.uses).some((key) => key !== 'mind' && key in deed.uses))
      return other;
  }
  return undefined;
}

/** Hypotheses that may be true of the picture that the premise tells, and may be false. */
export const undecided: readonly HypothesisTemplate[] = [
  { name: 'purpose', weight: 5, make: deedAnd(purposes, 'person') },
  { name: 'reason', weight: 5, make: deedAnd(reasons) },
  { name: 'contest', weight: 4, make: deedAnd(contests) },
  { name: 'occasion', weight: 2.5, make: deedAnd(occasions, 'person') },
  {
    name: 'trait of the figure',
    weight: 6,
    make: ({ scene, dice }) => {
      const { figures, count, deed } = scene;
      if (figures.length !== 1 || !deed) return undefined;
      const [figure] = figures;
      const trait = dice.chance(0.6) ? dice.pick(favoured(figure.species)) : dice.pick(traitsOf(figure.species));
      const words = count > 1 ? `the ${trait} ${figure.many}` : withArticle(`${trait} ${figure.one}`);
      return {
        text: sentence(words, isDoing(deed.phrase, count)),
        claims: [figureClaim(figure), { kind: 'deed', deed }, unknown],
      };
    },
  },
  {
    name: 'trait',
    weight: 4,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0) return undefined;
      const { words, count, claims } = anySubject(scene, dice);
      const trait = dice.chance(0.55)
        ? dice.pick(favoured(scene.figures[0].species))
        : dice.pick(traitsOf(scene.figures[0].species));
      return { text: sentence(words, be(count), trait), claims: [...claims, unknown] };
    },
  },
  {
    name: 'bond',
    weight: 2.5,
    make: ({ scene, dice }) => {
      if (scene.count < 2 || scene.figures[0].species === 'animal') return undefined;
      const { words, count, claims } = anySubject(scene, dice);
      return { text: sentence(words, be(count), dice.pick(bonds)), claims: [...claims, unknown] };
    },
  },
  {
    name: 'companion',
    weight: 2.5,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0 || scene.figures[0].species === 'animal' || !scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const said = dice.chance(0.5) ? isDoing(scene.deed.phrase, count) : `${be(count)} thinking about`;
      const whom = withPronouns(`{his} ${dice.pick(companions)}`, scene);
      return {
        text: sentence(words, said, said.endsWith('about') ? whom : `with ${whom}`),
        claims: [...claims, unknown],
      };
    },
  },
  {
    name: 'wish',
    weight: 2,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0 || scene.figures[0].species === 'animal') return undefined;
      const { words, count, claims } = anySubject(scene, dice);
      return { text: sentence(words, be(count), dice.pick(wishes)), claims: [...claims, unknown] };
    },
  },
  {
    name: 'retold with more',
    weight: 3,
    make: (told) => {
      const more = withMore(told.scene, told);
      return more && { text: told.retell(more), claims: claimsOf(more) };
    },
  },
  {
    name: 'place',
    weight: 3,
    make: ({ scene, dice }) => {
      if (scene.place || !scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const place = dice.pick(placesIn(scene.deed.areas));
      return { text: sentence(words, be(count), place.phrase), claims: [...claims, { kind: 'place', place }] };
    },
  },
  {
    name: 'other deed',
    weight: 3,
    make: (told) => {
      const { scene, dice } = told;
      const deed = scene.deed ? deedBeside(scene.deed, told) : undefined;
      if (!deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return { text: sentence(words, isDoing(deed.phrase, count)), claims: [...claims, { kind: 'deed', deed }] };
    },
  },
  {
    name: 'worn',
    weight: 2,
    make: ({ scene, dice }) => {
      const { figures, worn, count } = scene;
      if (worn || figures.length !== 1 || figures[0].species === 'animal') return undefined;
      const { words, claims } = sameSubject(scene, dice);
      const more = drawWorn(figures[0], dice);
      return {
        text: sentence(words, isDoing('wear', count), wornPhrase(more, count > 1)),
        claims: [...claims, { kind: 'worn', ...more }],
      };
    },
  },
  {
    name: 'outside, perhaps',
    weight: 1.5,
    make: ({ scene, dice }) => {
      if (scene.place || !scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const phrase = dice.pick(sitePhrases.outdoors);
      return { text: sentence(words, be(count), phrase), claims: [...claims, { kind: 'place', place: phrase }] };
    },
  },
  {
    name: 'a cat looks on',
    weight: 0.5,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0) return undefined;
      const { words, claims } = sameSubject(scene, dice);
      return { text: sentence('a cat is watching', words), claims: [...claims, unknown] };
    },
  },
  {
    name: 'people look on',
    weight: 0.7,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0) return undefined;
      const { words, claims } = sameSubject(scene, dice);
      return {
        text: sentence(dice.pick(['people', 'some people']), 'are watching', words),
        claims: [...claims, unknown],
      };
    },
  },
  {
    name: 'alone, perhaps',
    weight: 0.8,
    make: ({ scene, dice }) => {
      if (scene.count !== 1 || scene.lone) return undefined;
      const { words, claims } = sameSubject(scene, dice);
      return { text: sentence(words, 'is alone'), claims: [...claims, { kind: 'alone' }] };
    },
  },
  {
    name: 'asleep, perhaps',
    weight: 1.5,
    make: ({ scene, dice }) => {
      if (!scene.deed || scene.deed.uses.mind || clash(scene.deed.uses, sleep.uses)) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return { text: sentence(words, be(count), 'sleeping'), claims: [...claims, { kind: 'deed', deed: sleep }] };
    },
  },
  {
    name: 'nobody knows',
    weight: 0.25,
    make: ({ scene, dice }) => {
      if (scene.figures.length === 0) return undefined;
      const { words, claims } = sameSubject(scene, dice);
      return { text: sentence('nobody is watching', words), claims: [...claims, unknown] };
    },
  },
  {
    name: 'habit',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      if (!scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      return { text: sentence(words, does(scene.deed.phrase, count), 'every weekend'), claims: [...claims, unknown] };
    },
  },
  {
    name: 'plan',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      if (!scene.deed) return undefined;
      const { words, count, claims } = sameSubject(scene, dice);
      const other = dice.pick(deeds.filter(({ by }) => by === scene.deed?.by));
      return {
        text: sentence(words, count === 1 ? 'wants' : 'want', `to ${other.phrase} later`),
        claims: [...claims, unknown],
      };
    },
  },
  {
    name: 'winner',
    weight: 3,
    heldOut: true,
    make: ({ scene, dice }) => {
      if (scene.figures.length !== 1) return undefined;
      const words = barePhrase(scene.figures[0].one, scene.count, dice);
      const said = scene.count === 1 ? 'has won a competition' : 'have won a competition';
      return { text: sentence(words, said), claims: [figureClaim(scene.figures[0]), unknown] };
    },
  },
];

function traitsOf(species: 'person' | 'animal'): readonly string[] {
  return species === 'person' ? traits : animalTraits;
}

/** The traits that are planted: see `artefacts.ts`. */
function favoured(species: 'person' | 'animal'): readonly string[] {
  return species === 'person' ? ['tall', 'sad'] : ['sad'];
}
