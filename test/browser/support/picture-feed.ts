import type { OpenedModel, PictureFeed } from '../../../src/jobs/api.ts';

/** Pictures of a size, as an open model suggests to feed them. */
export function pictureFeed({ input }: OpenedModel, height: number, width: number): PictureFeed {
  if (input.kind !== 'pictures') throw new Error('The model takes no pictures.');
  return { kind: 'pictures', preprocessing: input.preprocessing, height, width };
}
