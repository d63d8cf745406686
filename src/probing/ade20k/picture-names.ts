import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { linesOf } from '../text-file.ts';

/** Something annotated in a picture. */
export interface Annotated {
  /** Its class, as the masks number it (JSON); or its place among those of its level, from 1 (`_atr.txt`). */
  readonly number: number;
  /** 0 for objects, 1 for their parts, 2 for parts of these, ... */
  readonly level: number;
  /** Synonyms, the first before a comma. */
  readonly name: string;
}

/** What the JSON or the `_atr.txt` of a picture says, as far as it is needed; a class stands once a level. */
export interface PictureNames {
  readonly kind: 'classes' | 'instances';
  readonly annotated: readonly Annotated[];
  /** From general to special (`outdoor`, `urban`, `street`); empty where it is not said. */
  readonly scene: readonly string[];
}

/** The largest number that R / 10 * 256 + G can be. */
export const MOST_CLASS = 25 * 256 + 255;

/** Far more than there are: parts of parts of parts are the deepest. */
const MOST_LEVEL = 99;

interface Entry {
  readonly name?: unknown;
  readonly name_ndx?: unknown;
  readonly parts?: { readonly part_level?: unknown };
}

/**
 * Reads what a picture's names file says of its classes.
 *
 * JSON (release of 2021): `annotation.object[]` with `name`, `name_ndx` and `parts.part_level`. `name_ndx` is the number in the masks: on the
 * published samples, the classes of `_seg.png` are those of part level 0 and the classes of `_parts_N.png` those of level N, number by
 * number. `_atr.txt` (release of 2016) has a line for each instance, `001 # 0 # 0 # sky # sky # ""`: instance, part level, occluded, class
 * names, raw name, attributes; it does not say the class's number.
 *
 * @throws Fault naming the file and the entry or line
 */
export async function readPictureNames(file: TreeFile): Promise<PictureNames> {
  const text = decode(await file.bytes());
  return file.path.endsWith('.json') ? readJson(text, file.path) : readLines(text, file.path);
}

/** Some of the release's files are in Latin-1. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function readJson(text: string, path: string): PictureNames {
  let annotation: { readonly object?: unknown; readonly scene?: unknown } | undefined;
  try {
    annotation = (JSON.parse(text) as { readonly annotation?: typeof annotation } | null)?.annotation;
  } catch {
    throw probingFaults['ade-json'](path);
  }
  const entries = annotation?.object;
  // MATLAB, which wrote the files, writes a list of one as the one.
  const list = Array.isArray(entries) ? (entries as readonly Entry[]) : [entries as Entry | undefined];
  if (entries === undefined) throw probingFaults['ade-json'](path);
  const annotated = new Map<string, Annotated>();
  list.forEach((entry, at) => {
    const { name, name_ndx: number } = entry ?? {};
    const level = entry?.parts?.part_level ?? 0;
    const isNamed = typeof name === 'string' && name.trim() !== '';
    if (!isNamed || !isWithin(number, 1, MOST_CLASS) || !isWithin(level, 0, MOST_LEVEL))
      throw probingFaults['ade-entry'](path, at, MOST_CLASS);
    annotated.set(`${level} ${number}`, { number, level, name: name.trim() });
  });
  const scene = typeof annotation?.scene === 'string' ? [annotation.scene] : annotation?.scene;
  const said = Array.isArray(scene) ? scene.filter((part): part is string => typeof part === 'string') : [];
  return { kind: 'classes', annotated: Array.from(annotated.values()), scene: said };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function readLines(text: string, path: string): PictureNames {
  const annotated = linesOf(text).map(({ line, text: written }) => {
    const [instance, level, , name = ''] = written.split('#').map((field) => field.trim());
    if (!/^\d{1,4}$/.test(instance) || !/^\d{1,2}$/.test(level) || name === '')
      throw probingFaults['ade-line'](path, line);
    return { number: Number(instance), level: Number(level), name };
  });
  return { kind: 'instances', annotated, scene: [] };
}
