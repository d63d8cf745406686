import { openProbing } from '../probing/open.ts';
import type { ProbingOptions, ProbingTools } from '../probing/probing-options.ts';
import type { ProbingSet } from '../probing/probing-set.ts';
import { folderTree, type DroppedFile } from '../probing/trees/folder-tree.ts';
import { zipTree } from '../probing/trees/zip-tree.ts';
import { loadSample } from './samples.ts';

/** Where a probing set comes from, as the probing worker is told, and what of it is read. */
export type SourceRequest =
  | { readonly kind: 'sample'; readonly name: 'scenes' | 'coco-mobilenet'; readonly base: string }
  | { readonly kind: 'zip'; readonly file: File; readonly options?: ProbingOptions }
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly files: readonly DroppedFile[];
      readonly options?: ProbingOptions;
    };

/** Opens a probing set from wherever it comes. @throws Fault of reader or download */
export async function openSource(source: SourceRequest, tools: ProbingTools): Promise<ProbingSet> {
  if (source.kind === 'zip')
    return openProbing(await zipTree(source.file, source.file.name), source.options ?? {}, tools);
  if (source.kind === 'folder') return openProbing(folderTree(source.files, source.name), source.options ?? {}, tools);
  if (source.name === 'scenes') {
    const { scenesProbingSet } = await import('../probing/scenes/scenes-probing-set.ts');
    return scenesProbingSet();
  }
  const file = await loadSample(source.base, `${source.name}/probing.zip`, `${source.name}.zip`);
  return openProbing(await zipTree(file, source.name), {}, tools);
}
