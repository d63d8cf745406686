import type { AnnotatedSource, SourceLabels, SourceSample } from '../../../src/probing/annotated/annotated-source.ts';
import type { TreeFile } from '../../../src/probing/file-tree.ts';
import { asFolder, type Files } from '../support/trees.ts';

/** The files of a made tree. */
export function treeFile(files: Files, path: string): TreeFile {
  const file = asFolder(files).files.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file;
}

/** A source of four concepts in two categories; every plane is whole of one value. */
export function madeSource(
  samples: readonly SourceSample[],
  values: readonly (readonly number[])[],
  given: Partial<AnnotatedSource> = {},
): AnnotatedSource {
  return {
    format: 'folders',
    layout: 'Made',
    title: 'set',
    categories: ['object', 'part'],
    concepts: [
      { number: 10, name: 'wheel', category: 'part' },
      { number: 20, name: 'car', category: 'object' },
      { number: 30, name: 'door', category: 'part' },
      { number: 40, name: 'tree', category: 'object' },
    ],
    samples,
    digests: ['made 1'],
    notes: ['A note.'],
    filesOf: () => [],
    read: (sample, grid) => {
      const planes = values[sample].map((value) => new Uint16Array(grid.height * grid.width).fill(value));
      return Promise.resolve<SourceLabels>({ planes, everywhere: [], size: null });
    },
    ...given,
  };
}
