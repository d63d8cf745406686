import type { AnnotatedSource } from '../annotated/annotated-source.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import type { CocoImage, CocoPart } from './coco-part.ts';
import { cocoSource } from './coco-source.ts';
import { findJson, hasNamedJson, hasUnnamedJson, isStuffJson } from './json-files.ts';
import { findLabelMaps, labelMapsPart } from './label-maps.ts';
import { panopticPart } from './panoptic-part.ts';
import { nameOf, PictureFinder } from './pictures.ts';
import { readTable, type CocoTable } from './read-table.ts';
import { regionsPart } from './regions-part.ts';
import { splitOfJson } from './splits.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Whether a tree holds COCO annotations: by names of files, else by the first bytes of a few JSON files. */
export async function recogniseCoco(tree: FileTree): Promise<boolean> {
  return hasNamedJson(tree) || findLabelMaps(tree, NOTHING).length > 0 || (await hasUnnamedJson(tree));
}

/**
 * Opens COCO annotations: instances, stuff and panoptic segments from JSON files, and COCO-Stuff label maps, all that a tree holds of
 * them, for several splits. Pictures may lie anywhere in the tree. Where some are there, samples without a picture are left out.
 *
 * JSON files are read as a stream, once (about 13 MB a second); kept are the outlines and runs, packed, in fewer bytes than the text has.
 *
 * @throws Fault naming the file, and the byte or the entry and its field; if no annotations are found; if panoptic segments come without
 * their label maps
 */
export async function openCoco(tree: FileTree): Promise<AnnotatedSource> {
  const json = await findJson(tree);
  const finder = new PictureFinder(tree);
  const notes = [...json.notes];
  const parts: CocoPart[] = [];
  const segmentMaps = new Set<string>();
  const pictures = new Set<string>();
  let withoutMaps: Error | undefined;
  for (const file of json.files) {
    const table = await readTable(file, isStuffJson(file.path));
    const folder = folderOf(file);
    const maps = findMaps(table, finder, folder);
    for (const map of maps) if (map !== undefined) segmentMaps.add(map.path);
    const images = imagesOf(table, finder, folder, segmentMaps);
    for (const { picture } of images) if (picture !== undefined) pictures.add(picture.path);
    const kind = isStuffJson(file.path) ? 'stuff' : 'instances';
    if (table.regions.count > 0) parts.push(regionsPart(table, images, kind));
    if (table.segments.empty) continue;
    const found = images.filter((_, at) => maps[at] !== undefined).length;
    if (found === 0) {
      withoutMaps ??= probingFaults['coco-no-maps'](file.path, nameOf(file.path).replace(/\.json$/i, ''));
      notes.push(`${file.path} was passed over: none of its label maps was found.`);
      continue;
    }
    if (found < images.length)
      notes.push(`${file.path}: ${images.length - found} of ${images.length} pictures have no label map.`);
    const mapped = images.map((image, at) => (maps[at] === undefined ? undefined : image));
    parts.push(panopticPart(table, mapped, maps));
  }
  const labelMaps = findLabelMaps(tree, new Set([...segmentMaps, ...pictures]));
  if (labelMaps.length > 0) parts.push(labelMapsPart(labelMaps, finder));
  if (parts.length === 0) throw withoutMaps ?? probingFaults['coco-nothing'](tree.name);
  return cocoSource(tree.name, parts, notes);
}

/** Panoptic label maps lie in a folder named as the JSON file. */
function findMaps(table: CocoTable, finder: PictureFinder, folder: string): (TreeFile | undefined)[] {
  if (table.segments.empty) return [];
  const hints = [nameOf(table.file.path).replace(/\.json$/i, ''), 'panoptic'];
  return table.images.map((_, image) => {
    const map = table.segments.of(image)?.file;
    return map === undefined ? undefined : finder.find(map, folder, hints);
  });
}

function imagesOf(table: CocoTable, finder: PictureFinder, folder: string, taken: ReadonlySet<string>): CocoImage[] {
  const split = splitOfJson(table.file.path);
  const hints = split === undefined ? ['images'] : [split, 'images'];
  return table.images.map((file) => ({ file, split, picture: finder.find(file, folder, hints, taken) }));
}

function folderOf({ path }: TreeFile): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
