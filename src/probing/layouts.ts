import type { AnnotatedSource } from './annotated/annotated-source.ts';
import { indexFiles } from './broden/index-file.ts';
import type { FileTree } from './file-tree.ts';
import type { ProbingOptions, ProbingTools } from './probing-options.ts';
import type { ProbingSet } from './probing-set.ts';

/** A layout of files that can be read. Readers are loaded when they are needed. */
export interface Layout {
  /** Whether its files may lie at any depth, so that a folder of several sets looks like one. */
  readonly deep: boolean;
  /** Whether a tree looks like it: by paths, headers and first bytes. */
  recognise(tree: FileTree): boolean | Promise<boolean>;
  open(tree: FileTree, options: ProbingOptions, tools: ProbingTools | undefined): Promise<ProbingSet>;
}

interface Reader {
  readonly recognise: (tree: FileTree) => boolean | Promise<boolean>;
  readonly open: (tree: FileTree) => Promise<AnnotatedSource>;
}

/** Layouts known by files that nothing else has. The first that recognises a tree reads it. */
export const SPECIFIC: readonly Layout[] = [
  {
    deep: false,
    recognise: ({ files }) =>
      files.has('index.csv') ||
      (files.has('label.csv') && (files.has('category.csv') || indexFiles({ name: '', files }).length > 0)),
    open: async (tree, options, tools) => (await import('./broden/broden.ts')).openBroden(tree, options, tools),
  },
  {
    deep: false,
    recognise: ({ files }) => files.has('concepts.npy') || files.has('concepts.csv'),
    open: async (tree, options) => (await import('./table/table.ts')).openTable(tree, options),
  },
  {
    deep: false,
    recognise: async (tree) => (await import('./pairs/open-pairs.ts')).recognisePairs(tree),
    open: openSentencePairs,
  },
  annotated(async () => {
    const { recogniseCityscapes, openCityscapes } = await import('./cityscapes/cityscapes.ts');
    return { recognise: recogniseCityscapes, open: openCityscapes };
  }),
  annotated(async () => {
    const { recogniseAde20k, openAde20k } = await import('./ade20k/ade20k.ts');
    return { recognise: recogniseAde20k, open: openAde20k };
  }),
  annotated(async () => {
    const { recogniseSceneParsing, openSceneParsing } = await import('./scene-parsing/scene-parsing.ts');
    return { recognise: recogniseSceneParsing, open: openSceneParsing };
  }),
  annotated(async () => {
    const { recogniseVoc, openVoc } = await import('./voc/voc.ts');
    return { recognise: recogniseVoc, open: openVoc };
  }),
  annotated(async () => {
    const { recogniseCoco, openCoco } = await import('./coco/open-coco.ts');
    return { recognise: recogniseCoco, open: openCoco };
  }),
];

/** Layouts of plain folders, tried where none of {@link SPECIFIC} is found anywhere. */
export const PLAIN: readonly Layout[] = [
  annotated(async () => {
    const { recogniseBoxes, openBoxes } = await import('./boxes/boxes.ts');
    return { recognise: recogniseBoxes, open: openBoxes };
  }),
  annotated(async () => {
    const { recogniseFolders, openFolders } = await import('./folders/folders.ts');
    return { recognise: recogniseFolders, open: openFolders };
  }),
  annotated(async () => {
    const { recogniseClasses, openClasses } = await import('./classes/classes.ts');
    return { recognise: recogniseClasses, open: openClasses };
  }),
  {
    deep: false,
    recognise: async (tree) => (await import('./pairs/open-pairs.ts')).recogniseLonePairs(tree),
    open: openSentencePairs,
  },
];

async function openSentencePairs(
  tree: FileTree,
  options: ProbingOptions,
  tools: ProbingTools | undefined,
): Promise<ProbingSet> {
  const [{ openPairs }, { pairsSet }] = await Promise.all([
    import('./pairs/open-pairs.ts'),
    import('./pairs/pairs-set.ts'),
  ]);
  return pairsSet(await openPairs(tree, options.pairs ?? {}, options.splits), options, tools);
}

/** A layout of annotated pictures. */
function annotated(load: () => Promise<Reader>): Layout {
  return {
    deep: true,
    recognise: async (tree) => (await load()).recognise(tree),
    open: async (tree, options, tools) => {
      const [{ open }, { annotatedSet }] = await Promise.all([load(), import('./annotated/annotated-set.ts')]);
      return annotatedSet(await open(tree), tree, options, tools);
    },
  };
}
