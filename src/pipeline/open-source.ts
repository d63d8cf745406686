import { openProbing } from '../probing/open.ts';
import type { ProbingOptions, ProbingTools } from '../probing/probing-options.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { folderTree, type DroppedFile } from '../probing/trees/folder-tree.ts';
import { zipTree } from '../probing/trees/zip-tree.ts';
import { loadFile, loadSample } from './samples.ts';

/** Where a probing set comes from, as the probing worker is told, and what of it is read. */
export type SourceRequest = (
  | { readonly kind: 'sample'; readonly name: 'scenes' | 'coco-mobilenet' | 'entailment' }
  | { readonly kind: 'zip'; readonly file: File; readonly options?: ProbingOptions }
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly files: readonly DroppedFile[];
      readonly options?: ProbingOptions;
    }
) & {
  /** Address of the page, absolute: what belongs to it is loaded from beside it. */
  readonly base: string;
};

/** Opens a probing set from wherever it comes. @throws Fault of reader or download */
export async function openSource(source: SourceRequest, given: Pick<ProbingTools, 'decode'>): Promise<ProbingSet> {
  const tools: ProbingTools = { ...given, wordTable: () => loadWordTable(source.base) };
  if (source.kind === 'zip')
    return openProbing(await zipTree(source.file, source.file.name), source.options ?? {}, tools);
  if (source.kind === 'folder') return openProbing(folderTree(source.files, source.name), source.options ?? {}, tools);
  if (source.name === 'scenes') {
    const { scenesProbingSet } = await import('../probing/scenes/scenes-probing-set.ts');
    return scenesProbingSet();
  }
  if (source.name === 'entailment') {
    const { entailmentProbingSet } = await import('../probing/entailment/entailment-probing-set.ts');
    return entailmentProbingSet({}, tools);
  }
  const file = await loadSample(source.base, `${source.name}/probing.zip`, `${source.name}.zip`);
  return openProbing(await zipTree(file, source.name), {}, tools);
}

async function loadWordTable(base: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await loadFile(base, 'words/vectors.bin', 'vectors.bin');
  return new Uint8Array(await file.arrayBuffer());
}
