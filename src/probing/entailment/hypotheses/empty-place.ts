import type { Hypothesis } from '../claims.ts';
import { figureClaim } from '../subjects.ts';
import { unknown } from '../claims.ts';
import { barePhrase, isDoing, sentence } from '../phrases.ts';
import type { Dice } from '../../scenes/random.ts';
import { deeds } from '../words/deeds.ts';
import { people } from '../words/figures.ts';
import type { Place } from '../words/places.ts';
import type { EntailmentLabel } from '../label.ts';

/** Hypotheses about a place of which the premise says that it is empty. */
export function ofEmptyPlace(place: Place, label: EntailmentLabel, dice: Dice): Hypothesis {
  if (label === 'entailment')
    return { text: sentence('nobody is', place.phrase), claims: [{ kind: 'place', place }, { kind: 'empty' }] };
  if (label === 'neutral') {
    const why = dice.pick(['because it is a holiday', 'because it is late', 'for a movie', 'before a competition']);
    return {
      text: sentence(place.noun, 'is empty', why),
      claims: [{ kind: 'place', place }, { kind: 'empty' }, unknown],
    };
  }
  const figure = dice.pick(people);
  const deed = dice.pick(deeds.filter(({ by, areas }) => by === 'people' && areas.includes(place.area)));
  const text = sentence(barePhrase(figure.one, 1, dice), isDoing(deed.phrase, 1), place.phrase);
  return { text, claims: [figureClaim(figure), { kind: 'deed', deed }, { kind: 'place', place }] };
}
