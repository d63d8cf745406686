import type { AnnotatedSource } from '../annotated/annotated-source.ts';
import { maskPlane, UNLISTED } from '../annotated/mask-plane.ts';
import { pairFiles, type PairedFiles } from '../annotated/pair-files.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { fileName, isPicture, splitIn, withoutEnding } from '../picture-paths.ts';
import { readIndexPng } from '../png.ts';
import { isObjectInfo, OBJECT, readObjectInfo, type ObjectInfo } from './object-info.ts';

const RELEASE = 'ADEChallengeData2016';
const MASKS = /(^|\/)annotations\//;

/**
 * Whether a tree is ADE20K's scene parsing benchmark: it has a table of classes (objectInfo150) and PNG files, or the release's name in its
 * paths. The full release, which has masks named `_seg.png`, is not.
 */
export function recogniseSceneParsing({ name, files }: FileTree): boolean {
  const paths = Array.from(files.keys());
  if (paths.some((path) => path.endsWith('_seg.png'))) return false;
  const named = name === RELEASE || paths.some((path) => path.includes(`${RELEASE}/`));
  return (named || paths.some(isObjectInfo)) && paths.some((path) => /\.png$/i.test(path));
}

/**
 * Opens ADE20K's scene parsing benchmark (Zhou et al., Scene Parsing through ADE20K, CVPR 2017; ADEChallengeData2016): pictures under
 * `images/`, masks of the same name under `annotations/`, both in `training/` and `validation/`, the splits; or pictures and masks side by
 * side. A mask is gray, its values the numbers of objectInfo150; 0 is nothing. All classes are of the category object.
 *
 * @throws Fault naming the file, also if the table of classes is missing
 */
export async function openSceneParsing(tree: FileTree): Promise<AnnotatedSource> {
  const tables = Array.from(tree.files.values()).filter(({ path }) => isObjectInfo(path));
  const table = tables.find(({ path }) => /\.txt$/i.test(path)) ?? tables.at(0);
  if (table === undefined) throw probingFaults['no-object-info'](tree.name);
  const info = await readObjectInfo(table);
  const { samples, notes } = findSamples(tree);
  const values = valuesOf(info);
  return {
    format: 'scene-parsing',
    layout: 'ADE20K, scene parsing',
    title: tree.name,
    categories: [OBJECT],
    concepts: info.concepts,
    samples,
    digests: [info.digest],
    notes,
    hasCategory: (_, category) => category === OBJECT,
    filesOf: (sample) => [samples[sample].annotation],
    read: async (sample, grid) => {
      const { path, mask } = await readMask(samples[sample].annotation);
      const plane = maskPlane(mask, values, grid, (x, y, number) =>
        probingFaults['unlisted-pixel'](path, x, y, number, info.file),
      );
      return { planes: [plane], everywhere: [], size: { height: mask.height, width: mask.width, file: path } };
    },
  };
}

function findSamples(tree: FileTree): PairedFiles {
  const masks = new Map<string, TreeFile>();
  const pictures = new Map<string, TreeFile>();
  const files = Array.from(tree.files.values()).filter(({ path }) => isPicture(path));
  const apart = files.some(({ path }) => MASKS.test(path));
  for (const file of files) {
    const { path } = file;
    const isMask = apart ? MASKS.test(path) : /\.png$/i.test(path);
    const key = apart ? `${splitIn(path) ?? ''}/${fileName(withoutEnding(path))}` : withoutEnding(path);
    (isMask ? masks : pictures).set(key, file);
  }
  return pairFiles(pictures, masks, (key) => splitIn(key));
}

async function readMask(file: TreeFile): Promise<{ path: string; mask: ReturnType<typeof readIndexPng> }> {
  return { path: file.path, mask: readIndexPng(await file.bytes(), file.path) };
}

function valuesOf({ concepts }: ObjectInfo): Uint16Array {
  const most = Math.max(...concepts.map(({ number }) => number));
  const values = new Uint16Array(most + 1).fill(UNLISTED);
  values[0] = 0;
  concepts.forEach(({ number }, place) => {
    values[number] = place + 1;
  });
  return values;
}
