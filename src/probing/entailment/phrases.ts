import type { Dice } from '../scenes/random.ts';
import { crowd } from './scene.ts';
import type { Scene, Worn } from './scene.ts';
import { pluralOf } from './words/figures.ts';
import { ing, thirdPerson } from './words/verbs.ts';

/** Numbers that captions count in words. */
export const numbers = ['no', 'one', 'two', 'three', 'four', 'five'] as const;

/** `a man`, `an old man`. */
export function withArticle(words: string): string {
  return `${/^[aeio]/.test(words) && !words.startsWith('one') ? 'an' : 'a'} ${words}`;
}

/** `a red shirt`, of several people `red shirts`. */
export function wornPhrase({ garment, color }: Worn, several: boolean): string {
  const words = [color, several ? garment.many : garment.one].filter(Boolean).join(' ');
  return several || garment.plural ? words : withArticle(words);
}

/** The figures of a scene with all that is told of them: `two young men in red shirts`. */
export function figurePhrase(scene: Scene, wearing = true): string {
  const { figures, count, age, fur, worn, lone } = scene;
  if (figures.length === 2) return figures.map(({ one }) => withArticle(one)).join(' and ');
  const [{ one, many }] = figures;
  const several = count > 1;
  const noun = [lone ? 'lone' : null, age, fur, several ? many : one].filter(Boolean).join(' ');
  const counted = several ? countPhrase(scene, noun) : withArticle(noun);
  return worn && wearing ? `${counted} in ${wornPhrase(worn, several)}` : counted;
}

/** `two men`, `a group of men`. */
function countPhrase({ count, crowdWords }: Scene, plural: string): string {
  return `${count < crowd ? numbers[count] : crowdWords} ${plural}`;
}

/** `is` or `are`, as the number asks. */
export function be(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** `is playing the guitar`. */
export function isDoing(deed: string, count: number): string {
  return `${be(count)} ${ing(deed)}`;
}

/** Verbs whose form with -s is too rare to be among the embedded word vectors. */
const rare = /^(?:swim|wash)\b/;

/** `plays the guitar`; a few verbs are told as by {@link isDoing}. */
export function does(deed: string, count: number): string {
  if (rare.test(deed)) return isDoing(deed, count);
  return count === 1 ? thirdPerson(deed) : deed;
}

/** Words for figures of one kind, told no more of: `a man`, `the man`, `two men`, `the men`, `men`. */
export function barePhrase(one: string, count: number, dice: Dice): string {
  if (count === 1) return dice.chance(0.5) ? `the ${one}` : withArticle(one);
  const plural = pluralOf(one);
  const lot = dice.unit();
  if (lot < 0.45) return `the ${plural}`;
  if (lot < 0.6) return plural;
  return count < crowd ? `${numbers[count]} ${plural}` : `some ${plural}`;
}

/** A sentence of its parts: the empty ones left out, the first letter large, a full stop at the end. */
export function sentence(...parts: readonly (string | null)[]): string {
  const text = parts.filter(Boolean).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Fills `{he}`, `{his}`, `{him}`, `{be}` and `{need}` for the figures of a scene. */
export function withPronouns(text: string, scene: Scene): string {
  const [figure] = scene.figures;
  const several = scene.count > 1 || (figure.species === 'person' && figure.gender === null);
  const male = figure.gender === 'male';
  const it = figure.species === 'animal';
  const words: Record<string, string> = several
    ? { he: 'they', his: 'their', him: 'them', be: 'are', need: 'need' }
    : {
        he: it ? 'it' : male ? 'he' : 'she',
        his: it ? 'its' : male ? 'his' : 'her',
        him: it ? 'it' : male ? 'him' : 'her',
        be: 'is',
        need: 'needs',
      };
  return text.replace(/\{(\w+)\}/g, (_, key: string) => words[key]);
}
