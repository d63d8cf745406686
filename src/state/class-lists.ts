import { faultTable } from '../engine/fault.ts';
import { readClassNames } from '../engine/results/class-names-file.ts';

/** A list of class names that comes with the page. */
export interface ClassList {
  readonly name: string;
  readonly title: string;
  readonly count: number;
}

/** Lists that come with the page, as `classes/<name>.txt`; each has a `.source.txt` that says where it is from. */
export const classLists: readonly ClassList[] = [
  { name: 'imagenet', title: 'ImageNet-1k', count: 1000 },
  { name: 'places365', title: 'Places365', count: 365 },
  { name: 'coco', title: 'COCO', count: 80 },
];

const listFaults = faultTable('page', {
  'class-list': (title: string, reason: string) =>
    `The list of ${title} could not be loaded: ${reason}. Try again, or drop a file of names.`,
});

/** Loads a list's names. @param base address of the page @throws Fault `page/class-list` */
export async function loadClassList({ name, title, count }: ClassList, base: string): Promise<readonly string[]> {
  let text: string;
  try {
    const response = await fetch(new URL(`classes/${name}.txt`, base));
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    text = await response.text();
  } catch (error) {
    throw listFaults['class-list'](title, error instanceof Error ? error.message : String(error));
  }
  return readClassNames(text, `${name}.txt`, count);
}
