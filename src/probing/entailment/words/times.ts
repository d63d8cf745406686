/** When something happens, and in which weather. */
export interface Time {
  /** As a caption says it: `on a sunny day`. */
  readonly phrase: string;
  /** As a sentence of its own: `It is sunny.` */
  readonly sentence: string;
  /** Properties that exclude each other, as in {@link Deed.uses}. */
  readonly uses: Readonly<Record<string, string>>;
}

/** Said of what happens outdoors only. */
export const times: readonly Time[] = [
  { phrase: 'on a sunny day', sentence: 'it is sunny', uses: { light: 'day', sky: 'sun' } },
  { phrase: 'at night', sentence: 'it is dark', uses: { light: 'night' } },
  { phrase: 'in the rain', sentence: 'it is raining', uses: { sky: 'rain' } },
  { phrase: 'in the snow', sentence: 'there is snow on the ground', uses: { warmth: 'cold' } },
  { phrase: 'on a hot day', sentence: 'the weather is hot', uses: { light: 'day', warmth: 'hot' } },
  { phrase: 'on a cold day', sentence: 'the weather is cold', uses: { light: 'day', warmth: 'cold' } },
];
