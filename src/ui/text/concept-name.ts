import type { Concept } from '../../engine/concepts.ts';

/** A concept's name for people: without Broden's endings `-c` of colors and `-s` of scenes; underscores are spaces. */
export function conceptName({ name, category }: Concept): string {
  const bare = (category === 'color' && name.endsWith('-c')) || (category === 'scene' && name.endsWith('-s'));
  return (bare ? name.slice(0, -2) : name).replaceAll('_', ' ');
}
