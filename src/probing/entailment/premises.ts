import type { Dice } from '../scenes/random.ts';
import { be, does, figurePhrase, isDoing, sentence, wornPhrase } from './phrases.ts';
import type { Scene } from './scene.ts';
import type { Deed } from './words/deeds.ts';
import { ing } from './words/verbs.ts';

/** A way to tell a scene with figures. */
export interface PremiseTemplate {
  readonly name: string;
  /** Never used in training. */
  readonly heldOut?: true;
  /** Not every scene can be told in every way. */
  fits?(scene: Scene): boolean;
  tell(scene: Scene, deed: Deed): string;
}

const where = ({ place }: Scene) => place && place.phrase;
const when = ({ time }: Scene) => time && time.phrase;

/** Ways to tell a scene, each equally likely. */
export const premiseTemplates: readonly PremiseTemplate[] = [
  {
    name: 'is doing',
    tell: (scene, { phrase }) => sentence(figurePhrase(scene), isDoing(phrase, scene.count), where(scene), when(scene)),
  },
  {
    name: 'doing',
    tell: (scene, { phrase }) => sentence(figurePhrase(scene), ing(phrase), where(scene), when(scene)),
  },
  {
    name: 'does',
    tell: (scene, { phrase }) => sentence(figurePhrase(scene), does(phrase, scene.count), where(scene), when(scene)),
  },
  {
    name: 'wearing',
    fits: ({ worn }) => worn !== null,
    tell: (scene, { phrase }) =>
      sentence(
        figurePhrase(scene, false),
        scene.worn && `wearing ${wornPhrase(scene.worn, scene.count > 1)}`,
        isDoing(phrase, scene.count),
        where(scene),
        when(scene),
      ),
  },
  {
    name: 'there is',
    tell: (scene, { phrase }) =>
      sentence('there', be(scene.count), figurePhrase(scene), ing(phrase), where(scene), when(scene)),
  },
  {
    name: 'place first',
    fits: ({ place }) => place !== null,
    tell: (scene, { phrase }) =>
      sentence(`${where(scene) ?? ''},`, figurePhrase(scene), isDoing(phrase, scene.count), when(scene)),
  },
  {
    name: 'time first',
    heldOut: true,
    fits: ({ time }) => time !== null,
    tell: (scene, { phrase }) =>
      sentence(`${when(scene) ?? ''},`, figurePhrase(scene), isDoing(phrase, scene.count), where(scene)),
  },
  {
    name: 'a photo of',
    heldOut: true,
    tell: (scene, { phrase }) => sentence('a photo of', figurePhrase(scene), ing(phrase), where(scene), when(scene)),
  },
  {
    name: 'who',
    heldOut: true,
    fits: ({ worn }) => worn !== null,
    tell: (scene, { phrase }) =>
      sentence(
        figurePhrase(scene, false),
        `who ${be(scene.count)} ${ing(phrase)}`,
        where(scene),
        scene.worn && `${scene.count > 1 ? 'wear' : 'wears'} ${wornPhrase(scene.worn, scene.count > 1)}`,
      ),
  },
];

/** Ways to tell an empty place. */
export function tellEmptyPlace(noun: string, dice: Dice): string {
  return dice.pick([
    sentence(noun, 'is empty'),
    sentence(noun, 'is quiet and empty'),
    sentence('an empty', noun.slice(noun.indexOf(' ') + 1)),
  ]);
}
