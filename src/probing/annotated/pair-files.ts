import type { TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import type { SourceSample } from './annotated-source.ts';

/** A sample with the file of its annotation. */
export interface AnnotatedFile extends SourceSample {
  /** What picture and annotation have in common, the order of samples. */
  readonly key: string;
  readonly annotation: TreeFile;
}

/** Pictures and annotations that belong together, and what was left out, a sentence each. */
export interface PairedFiles {
  readonly samples: readonly AnnotatedFile[];
  readonly notes: readonly string[];
}

/**
 * Puts pictures and annotations together that have the same key, in the order of the keys. Pictures without an annotation are left out; so
 * are annotations without a picture, unless there are no pictures at all.
 *
 * @param splitOf the split that a key belongs to
 */
export function pairFiles(
  pictures: ReadonlyMap<string, TreeFile>,
  annotations: ReadonlyMap<string, TreeFile>,
  splitOf: (key: string) => string | undefined,
): PairedFiles {
  const keys = Array.from(annotations.keys()).sort(byCode);
  const lonely = pictures.size === 0 ? [] : keys.filter((key) => !pictures.has(key));
  const samples = keys.flatMap((key): AnnotatedFile[] => {
    const annotation = annotations.get(key);
    const picture = pictures.get(key);
    if (annotation === undefined || (picture === undefined && pictures.size > 0)) return [];
    const split = splitOf(key);
    const name = picture?.path ?? annotation.path;
    return [{ key, name, annotation, ...(picture && { picture }), ...(split !== undefined && { split }) }];
  });
  const bare = Array.from(pictures.keys()).filter((key) => !annotations.has(key)).length;
  return {
    samples,
    notes: [
      ...leftOut(bare, 'picture has no annotation', 'pictures have no annotation'),
      ...leftOut(lonely.length, 'annotation has no picture', 'annotations have no picture'),
    ],
  };
}

function leftOut(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${one} and is left out.` : `${count.toLocaleString('en')} ${many} and are left out.`];
}
