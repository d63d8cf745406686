import { probingFaults } from '../errors.ts';
import type { Size, SourceLabels } from './annotated-source.ts';

/**
 * Checks that a picture and its annotation lie on each other when both are stretched to the same frame, as Broden does with them: equal
 * sizes, or the same proportions up to the rounding of one side when one of them was scaled.
 *
 * @param picture path of the picture
 * @throws Fault naming both files and their sizes
 */
export function checkSizes(annotation: NonNullable<SourceLabels['size']>, picture: string, size: Size): void {
  const annotated = annotation.width * annotation.height;
  const [small, large] = annotated <= size.width * size.height ? [annotation, size] : [size, annotation];
  const height = (large.height * small.width) / large.width;
  const width = (large.width * small.height) / large.height;
  if (Math.abs(height - small.height) <= 1 || Math.abs(width - small.width) <= 1) return;
  throw probingFaults['sizes-differ'](annotation.file, written(annotation), picture, written(size));
}

function written({ height, width }: Size): string {
  return `${height} x ${width}`;
}
