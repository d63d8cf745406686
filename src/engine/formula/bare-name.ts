import type { Concept } from '../concepts.ts';

/** A concept's name for people: without Broden's endings `-c` of colors and `-s` of scenes; underscores are spaces. */
export function bareName({ name, category }: Pick<Concept, 'name' | 'category'>): string {
  const bare = (category === 'color' && name.endsWith('-c')) || (category === 'scene' && name.endsWith('-s'));
  return (bare ? name.slice(0, -2) : name).replaceAll('_', ' ');
}

/** A name as it is compared where case does not count: small letters, one space for any white space and for underscores. */
export const foldName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ')
    .trim();
