import type { FileTree, TreeFile } from '../file-tree.ts';
import { nameOf } from './pictures.ts';
import { splitOfJson } from './splits.ts';

const NAMED = /^(instances|person_keypoints|stuff|panoptic|captions|image_info)_.*\.json$|_annotations\.coco\.json$/i;
const MOST_LOOKED_AT = 16;
const FIRST_BYTES = 65_536;
/** COCO's files begin with one of their fields, in whatever order. */
const BEGINNING = /^\ufeff?\s*\{\s*"(info|licenses|images|annotations|categories)"\s*:/;
const LIST = /"(images|annotations|categories)"\s*:\s*\[/;

/** Files of COCO in a tree. */
export interface JsonFiles {
  /** Those to be read, by path. */
  readonly files: readonly TreeFile[];
  /** What was passed over, a sentence each. */
  readonly notes: readonly string[];
}

/** Whether a tree has JSON files with regions, named as COCO's or as Roboflow exports them. Looks at nothing but paths. */
export function hasNamedJson(tree: FileTree): boolean {
  return Array.from(tree.files.keys()).some((path) => isNamed(path) && !withoutRegions(path));
}

/**
 * COCO's JSON files: by their names, else by their beginnings. Captions and lists of pictures have no regions, and keypoints bring the
 * same regions of people as the instances of the split: they are passed over.
 */
export async function findJson(tree: FileTree): Promise<JsonFiles> {
  const named = filesBy(tree, isNamed);
  const files = named.length > 0 ? named : await lookInside(tree);
  const splits = new Set(files.filter(({ path }) => kindOf(path) === 'instances').map(({ path }) => splitOfJson(path)));
  const notes: string[] = [];
  const read = files.filter(({ path }) => {
    const repeated = kindOf(path) === 'person_keypoints' && splits.has(splitOfJson(path));
    const reason = repeated ? 'the instances have the same regions' : withoutRegions(path);
    if (reason !== undefined) notes.push(`${path} was passed over: ${reason}.`);
    return reason === undefined;
  });
  return { files: read, notes };
}

/** Whether a file has stuff only. */
export function isStuffJson(path: string): boolean {
  return kindOf(path) === 'stuff';
}

/** Why a file has no regions; undefined where it has. */
function withoutRegions(path: string): string | undefined {
  const kind = kindOf(path);
  if (kind === 'captions') return 'it has captions only';
  return kind === 'image_info' ? 'it has no annotations' : undefined;
}

function kindOf(path: string): string | undefined {
  return NAMED.exec(nameOf(path))?.[1]?.toLowerCase();
}

function isNamed(path: string): boolean {
  return NAMED.test(nameOf(path));
}

function filesBy(tree: FileTree, wanted: (path: string) => boolean): TreeFile[] {
  return Array.from(tree.files.values())
    .filter(({ path }) => wanted(path))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Whether a tree has a JSON file that begins as COCO's do. Reads the first bytes of a few. */
export async function hasUnnamedJson(tree: FileTree): Promise<boolean> {
  return (await lookInside(tree)).length > 0;
}

/** Few are looked at, those least deep first: other sets come with a JSON file for every picture. */
async function lookInside(tree: FileTree): Promise<TreeFile[]> {
  const depth = ({ path }: TreeFile): number => path.split('/').length;
  const all = filesBy(tree, (path) => /\.json$/i.test(path)).sort((one, other) => depth(one) - depth(other));
  const found: TreeFile[] = [];
  for (const file of all.slice(0, MOST_LOOKED_AT)) {
    const text = await beginning(file);
    if (BEGINNING.test(text) && LIST.test(text)) found.push(file);
  }
  return found;
}

async function beginning(file: TreeFile): Promise<string> {
  const reader = file.stream().getReader();
  try {
    const { value } = await reader.read();
    return new TextDecoder().decode(value?.subarray(0, FIRST_BYTES));
  } finally {
    await reader.cancel();
  }
}
