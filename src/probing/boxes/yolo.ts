import type { AnnotatedSource, SourceSample } from '../annotated/annotated-source.ts';
import { PlaneStack } from '../annotated/plane-stack.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { byCode } from '../ordered.ts';
import { fileName, isPicture, splitIn, withoutEnding } from '../picture-paths.ts';
import { linesOf, readText } from '../text-file.ts';
import { covered, type Box } from './cover.ts';
import { yamlNames } from './data-yaml.ts';

const NAMES = ['data.yaml', 'data.yml', 'dataset.yaml', 'classes.txt', 'obj.names', 'names.txt'];
const CATEGORY = 'object';

interface YoloPicture {
  readonly path: string;
  readonly file: TreeFile;
  /** Undefined for a picture without boxes. */
  readonly labels: TreeFile | undefined;
}

/** Whether a tree has pictures in a folder `images`, boxes in `labels` of the same path and name, and a file of class names. */
export function recogniseYolo(tree: FileTree): boolean {
  return namesFile(tree) !== undefined && findPictures(tree).some(({ labels }) => labels !== undefined);
}

/**
 * Opens pictures with YOLO's boxes: for `.../images/.../a.jpg` the file `.../labels/.../a.txt`, a line a box: number of the class, then centre x,
 * centre y, width and height in parts of the picture. A picture without such a file has no objects. Class names stand in `data.yaml` or `classes.txt`,
 * counted from 0; folders named as splits are the splits.
 *
 * @throws Fault naming file and line
 */
export async function openYolo(tree: FileTree): Promise<AnnotatedSource> {
  const pictures = findPictures(tree).sort((one, other) => byCode(one.path, other.path));
  const file = namesFile(tree);
  const text = file && (await readText(file));
  if (text === undefined) throw probingFaults['missing-file']('classes.txt', tree.name);
  const names = /\.ya?ml$/i.test(text.path) ? yamlNames(text.text) : linesOf(text.text).map((line) => line.text);
  if (names.length === 0) throw probingFaults['yolo-names'](text.path);
  return {
    format: 'boxes',
    layout: 'Boxes, YOLO',
    title: tree.name,
    categories: [CATEGORY],
    concepts: names.map((name, number) => ({ number, name, category: CATEGORY })),
    samples: pictures.map(({ path, file: picture }): SourceSample => {
      const split = splitIn(path);
      return { name: path, picture, ...(split !== undefined && { split }) };
    }),
    digests: [text.digest],
    notes: [],
    hasCategory: (sample) => (pictures[sample].labels?.size ?? 0) > 0,
    filesOf: (sample) => [pictures[sample].labels].filter((labels) => labels !== undefined),
    read: async (sample, grid) => {
      const stack = new PlaneStack(grid);
      const { labels } = pictures[sample];
      const lines = labels === undefined ? [] : linesOf((await readText(labels)).text);
      for (const { line, text: written } of lines) {
        const { place, box } = readLine(written, labels?.path ?? '', line, names.length, text.path);
        stack.put(place, covered(box, grid));
      }
      return { planes: stack.planes, everywhere: [], size: null };
    },
  };
}

function namesFile(tree: FileTree): TreeFile | undefined {
  const paths = [...NAMES, ...NAMES.map((name) => `labels/${name}`)];
  return paths.map((path) => tree.files.get(path)).find((file) => file !== undefined);
}

function findPictures(tree: FileTree): YoloPicture[] {
  const found: YoloPicture[] = [];
  for (const [path, file] of tree.files) {
    if (!isPicture(path)) continue;
    const folders = path.split('/').slice(0, -1);
    const at = folders.lastIndexOf('images');
    if (at === -1) continue;
    folders[at] = 'labels';
    const labels = tree.files.get([...folders, `${withoutEnding(fileName(path))}.txt`].join('/'));
    found.push({ path, file, labels });
  }
  return found;
}

function readLine(
  text: string,
  file: string,
  line: number,
  classes: number,
  names: string,
): { readonly place: number; readonly box: Box } {
  const values = text.split(/\s+/).map(Number);
  const [place, x, y, width, height] = values;
  const inside = values.slice(1).every((value) => value >= 0 && value <= 1);
  if (values.length !== 5 || !Number.isInteger(place) || place < 0 || !inside || width === 0 || height === 0)
    throw probingFaults['yolo-line'](file, line);
  if (place >= classes) throw probingFaults['yolo-class'](file, line, place, names, classes);
  return { place, box: { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 } };
}
