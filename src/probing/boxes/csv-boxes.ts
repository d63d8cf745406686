import type { AnnotatedSource, SourceSample } from '../annotated/annotated-source.ts';
import { headerSize } from '../annotated/pictures.ts';
import { PlaneStack } from '../annotated/plane-stack.ts';
import { parseCsv } from '../csv.ts';
import { probingFaults } from '../errors.ts';
import type { FileTree, TreeFile } from '../file-tree.ts';
import { csvHeader } from '../first-line.ts';
import { sha256 } from '../hash.ts';
import { byCode } from '../ordered.ts';
import { fileName } from '../picture-paths.ts';
import { linesOf, readText } from '../text-file.ts';
import { boxColumns } from './box-columns.ts';
import { BoxGatherer, type BoxedPicture, type TableBox } from './box-table.ts';
import { covered, type Box } from './cover.ts';
import { PictureIndex } from './picture-index.ts';

const MOST_TABLES = 20;
const MOST_CONCEPTS = 65_534;

/** CSV files at the top of a tree or one folder below whose header names the columns of boxes, by path. */
export async function boxTables(tree: FileTree): Promise<readonly TreeFile[]> {
  const paths = Array.from(tree.files.keys()).filter((path) => /\.csv$/i.test(path) && path.split('/').length <= 2);
  const candidates = paths.sort(byCode).slice(0, MOST_TABLES);
  const files = candidates.map((path) => tree.files.get(path)).filter((file) => file !== undefined);
  const fitting = await Promise.all(files.map(async (file) => boxColumns(await csvHeader(file)) !== undefined));
  return files.filter((_, at) => fitting[at]);
}

/**
 * Opens pictures whose boxes stand in CSV files; {@link boxColumns} says which columns are read, {@link covered} which positions a box covers.
 * Labels are concepts of the category object, or of the one in the column category. Open Images' codes get their names from
 * `class-descriptions*.csv`. Pictures that no file names are left out.
 *
 * @throws Fault naming file and row
 */
export async function openCsvBoxes(tree: FileTree, tables: readonly TreeFile[]): Promise<AnnotatedSource> {
  const descriptions = await readDescriptions(tree);
  const gatherer = new BoxGatherer(new PictureIndex(tree), descriptions?.names ?? new Map());
  const digests = descriptions === undefined ? [] : [descriptions.digest];
  for (const file of tables) {
    const bytes = await file.bytes();
    const table = parseCsv(bytes, file.path, []);
    const columns = boxColumns(table.columns);
    if (columns !== undefined) gatherer.add(table, columns);
    digests.push(`${file.path} ${await sha256(bytes)}`);
  }
  const { concepts, strangers, firstStranger } = gatherer;
  const names = tables.map(({ path }) => path).join(', ');
  const pictures = Array.from(gatherer.pictures.values()).sort((one, other) => byCode(one.path, other.path));
  if (pictures.length === 0) throw probingFaults['box-no-pictures'](names, firstStranger, tree.name);
  if (concepts.length > MOST_CONCEPTS) throw probingFaults['too-many-concepts'](names, concepts.length, MOST_CONCEPTS);
  return {
    format: 'boxes',
    layout: 'Boxes in CSV',
    title: tree.name,
    categories: Array.from(new Set(concepts.map(({ category }) => category))),
    concepts,
    samples: pictures.map(({ path, file, split }): SourceSample => {
      return { name: path, picture: file, ...(split !== undefined && { split }) };
    }),
    digests,
    notes: strangers === 0 ? [] : [strangersNote(strangers, names)],
    hasCategory: (sample, category) =>
      pictures[sample].boxes.some(({ place }) => concepts[place].category === category),
    filesOf: () => [],
    read: async (sample, grid) => {
      const picture = pictures[sample];
      const stack = new PlaneStack(grid);
      for (const box of picture.boxes) stack.put(box.place, covered(await inParts(box, picture), grid));
      const size = picture.size && { ...picture.size, file: picture.boxes[0].file };
      return { planes: stack.planes, everywhere: [], size: size ?? null };
    },
  };
}

async function inParts({ box, relative, file, row }: TableBox, picture: BoxedPicture): Promise<Box> {
  if (relative) return box;
  const size = picture.size ?? (await headerSize(picture.file));
  if (size === undefined) throw probingFaults['box-unsized'](picture.path);
  const { width, height } = size;
  if (box.right <= 0 || box.bottom <= 0 || box.left >= width || box.top >= height)
    throw probingFaults['box-outside'](file, row, picture.path, `${width} x ${height}`);
  return { left: box.left / width, right: box.right / width, top: box.top / height, bottom: box.bottom / height };
}

/** Open Images' names of labels: lines `/m/0199g,Bicycle`, with or without a header. */
async function readDescriptions(
  tree: FileTree,
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly digest: string } | undefined> {
  const file = Array.from(tree.files.values()).find(({ path }) => /class-descriptions.*\.csv$/i.test(fileName(path)));
  if (file === undefined) return undefined;
  const { text, digest } = await readText(file);
  const names = new Map<string, string>();
  for (const { text: line } of linesOf(text)) {
    const comma = line.indexOf(',');
    if (comma > 0) names.set(line.slice(0, comma), line.slice(comma + 1).replace(/^"|"$/g, ''));
  }
  return { names, digest };
}

function strangersNote(count: number, names: string): string {
  return `${count === 1 ? '1 row' : `${count} rows`} of ${names} ${count === 1 ? 'is' : 'are'} about pictures that are not there.`;
}
