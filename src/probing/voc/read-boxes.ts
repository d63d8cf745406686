import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Size } from '../annotated/annotated-source.ts';
import type { Box } from '../boxes/cover.ts';
import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { readText } from '../text-file.ts';

/** A box with its name. */
export interface NamedBox {
  readonly name: string;
  readonly box: Box;
}

/** The boxes of a picture. */
export interface PictureBoxes {
  readonly size: Size;
  readonly objects: readonly NamedBox[];
  /** Parts of these objects: head, hand, foot of a person. */
  readonly parts: readonly NamedBox[];
}

interface XmlBox {
  readonly name?: unknown;
  readonly bndbox?: Readonly<Record<string, unknown>>;
  readonly part?: readonly XmlBox[];
}

interface XmlAnnotation {
  readonly size?: { readonly width?: unknown; readonly height?: unknown };
  readonly object?: readonly XmlBox[];
}

const LISTS = ['annotation.object', 'annotation.object.part'];
const EDGES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (_, path) => LISTS.includes(String(path)),
});

/**
 * Reads the boxes in an XML file of Pascal VOC: `annotation` with `size` and `object`s of `name` and `bndbox`, with `part`s inside. Edges count
 * from 1 and belong to the box (VOC2012 devkit); whole pixels or not.
 *
 * @throws Fault naming the file, and the object
 */
export async function readBoxes(file: TreeFile): Promise<PictureBoxes> {
  const { text, path } = await readText(file);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const isOpen = valid.err.code === 'InvalidXml';
    throw isOpen ? probingFaults['voc-cut-off'](path) : probingFaults['voc-xml'](path, valid.err.line);
  }
  const { annotation } = parser.parse(text) as { readonly annotation?: XmlAnnotation };
  const size = { width: Number(annotation?.size?.width), height: Number(annotation?.size?.height) };
  if (![size.width, size.height].every((side) => Number.isInteger(side) && side > 0))
    throw probingFaults['voc-size'](path);
  const objects = annotation?.object ?? [];
  return {
    size,
    objects: objects.map((object, at) => readBox(object, size, `object ${at + 1}`, path)),
    parts: objects.flatMap(({ part = [] }, at) =>
      part.map((one, index) => readBox(one, size, `object ${at + 1}, part ${index + 1}`, path)),
    ),
  };
}

function readBox({ name, bndbox }: XmlBox, size: Size, where: string, path: string): NamedBox {
  const [xmin, ymin, xmax, ymax] = EDGES.map((edge) => Number(bndbox?.[edge] ?? NaN));
  const ordered = xmin <= xmax && ymin <= ymax;
  const reachesIn = xmax >= 1 && ymax >= 1 && xmin <= size.width && ymin <= size.height;
  if (typeof name !== 'string' || name === '' || !ordered || !reachesIn) throw probingFaults['voc-box'](path, where);
  const { width, height } = size;
  const box = { left: (xmin - 1) / width, top: (ymin - 1) / height, right: xmax / width, bottom: ymax / height };
  return { name, box };
}
