import { parseCsv, textField } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { sha256 } from '../hash.ts';
import { fileName } from '../picture-paths.ts';
import { linesOf, readText } from '../text-file.ts';
import type { AnnotatedSource, SourceConcept } from './annotated-source.ts';

/** Name of the category of concepts that hold for a whole picture. */
export const SCENE = 'scene';

const LIST = 'sceneCategories.txt';
const TABLE = 'scenes.csv';

/** Whether a tree has a file of scene labels. */
export function hasSceneLabels(tree: FileTree): boolean {
  return Array.from(tree.files.keys()).some((path) => [TABLE, LIST].includes(fileName(path)));
}

interface Label {
  readonly image: string;
  readonly scene: string;
}

interface SceneFile {
  readonly file: TreeFile;
  readonly digest: string;
  readonly labels: readonly Label[];
}

/**
 * A source whose pictures also have the scenes of a label file anywhere in the tree: `sceneCategories.txt` with lines `name scene` (ADE20K
 * scene parsing, Places), or `scenes.csv` with columns image and scene. A picture is named by its path or its end, or by its file's name,
 * with or without its ending. Several lines for a picture give it several scenes. Scenes are concepts in the order they are met.
 *
 * A source with scenes of its own stays as it is.
 *
 * @throws Fault naming the file and line
 */
export async function withSceneLabels(source: AnnotatedSource, tree: FileTree): Promise<AnnotatedSource> {
  if (source.categories.includes(SCENE)) return source;
  const found = await readSceneFile(tree);
  if (found === undefined) return source;
  const samples = samplesByName(source);
  const concepts: SourceConcept[] = [];
  const places = new Map<string, number>();
  const scenes = new Map<number, Set<number>>();
  let strangers = 0;
  for (const { image, scene } of found.labels) {
    const named = samples.get(withoutEnding(image)) ?? [];
    if (named.length === 0) strangers += 1;
    for (const sample of named) {
      const place = places.get(scene) ?? source.concepts.length + concepts.length;
      if (!places.has(scene)) {
        places.set(scene, place);
        concepts.push({ number: concepts.length + 1, name: scene, category: SCENE });
      }
      const known = scenes.get(sample) ?? new Set();
      scenes.set(sample, known.add(place));
    }
  }
  const { path } = found.file;
  if (concepts.length === 0)
    return { ...source, notes: [...source.notes, `${path} names none of the pictures, so there are no scenes.`] };
  return {
    ...source,
    categories: [...source.categories, SCENE],
    concepts: [...source.concepts, ...concepts],
    digests: [...source.digests, found.digest],
    notes: [...source.notes, ...strangersNote(path, strangers)],
    hasCategory: (sample, category) =>
      category === SCENE ? scenes.has(sample) : source.hasCategory?.(sample, category),
    read: async (sample, grid) => {
      const labels = await source.read(sample, grid);
      return { ...labels, everywhere: [...labels.everywhere, ...(scenes.get(sample) ?? [])] };
    },
  };
}

async function readSceneFile(tree: FileTree): Promise<SceneFile | undefined> {
  const named = (name: string): TreeFile | undefined =>
    Array.from(tree.files.values()).find(({ path }) => path === name || path.endsWith(`/${name}`));
  const file = named(TABLE) ?? named(LIST);
  if (file === undefined) return undefined;
  return { file, ...(file.path.endsWith(TABLE) ? await readTable(file) : await readList(file)) };
}

async function readTable(file: TreeFile): Promise<Omit<SceneFile, 'file'>> {
  const bytes = await file.bytes();
  const table = parseCsv(bytes, file.path, ['image', 'scene']);
  const labels = table.rows.map((row) => ({
    image: textField(table, row, 'image'),
    scene: textField(table, row, 'scene'),
  }));
  return { labels, digest: `${file.path} ${await sha256(bytes)}` };
}

async function readList(file: TreeFile): Promise<Omit<SceneFile, 'file'>> {
  const { path, text, digest } = await readText(file);
  const labels = linesOf(text).map(({ line, text: written }) => {
    const match = /^(\S+)[\s,]+(\S.*)$/.exec(written);
    if (match === null) throw probingFaults['scene-line'](path, line);
    return { image: match[1], scene: match[2] };
  });
  return { labels, digest };
}

/** Samples by every end of their name's path, without its ending: `a/b/c.jpg` is `a/b/c`, `b/c` and `c`. */
function samplesByName(source: AnnotatedSource): ReadonlyMap<string, readonly number[]> {
  const byName = new Map<string, number[]>();
  source.samples.forEach(({ name }, sample) => {
    const parts = withoutEnding(name).split('/');
    parts.forEach((_, from) => {
      const end = parts.slice(from).join('/');
      const known = byName.get(end);
      if (known === undefined) byName.set(end, [sample]);
      else known.push(sample);
    });
  });
  return byName;
}

function withoutEnding(path: string): string {
  return path.replace(/^\.?\//, '').replace(/\.(jpe?g|png|webp|gif|bmp|avif)$/i, '');
}

function strangersNote(path: string, count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? `1 line of ${path} names a picture that is not there.`
      : `${count} lines of ${path} name pictures that are not there.`,
  ];
}
