import type { AnnotatedSource, Size, SourceSample } from '../annotated/annotated-source.ts';
import { PlaneStack } from '../annotated/plane-stack.ts';
import { probingFaults } from '../errors.ts';
import type { CocoImage, CocoPart } from './coco-part.ts';
import { conceptTable } from './concept-table.ts';
import { stemOf } from './pictures.ts';

const MOST_CONCEPTS = 65_534;

/** A picture with its place in each part that has something of it. */
interface United {
  readonly image: CocoImage;
  readonly in: readonly { readonly part: CocoPart; readonly at: number }[];
}

/**
 * Parts as one source: what several say of the same picture is united.
 *
 * @param name of the tree
 * @throws Fault, if there are more concepts than can be told apart
 */
export function cocoSource(name: string, parts: readonly CocoPart[], notes: readonly string[]): AnnotatedSource {
  const table = conceptTable(parts);
  if (table.concepts.length > MOST_CONCEPTS)
    throw probingFaults['too-many-concepts'](name, table.concepts.length, MOST_CONCEPTS);
  const all = unite(parts);
  const withPicture = all.filter(({ image }) => image.picture !== undefined);
  const samples = withPicture.length === 0 ? all : withPicture;
  const missing = all.length - samples.length;
  const countable = parts.every((part) => part.categoriesOf !== undefined);
  return {
    format: formatOf(parts),
    layout: `COCO ${listed(kindsOf(parts))}`,
    title: name,
    categories: table.categories,
    concepts: table.concepts,
    samples: samples.map(({ image }) => sampleOf(image)),
    digests: Array.from(new Set(parts.flatMap(({ digests }) => digests))),
    notes: [
      ...notes,
      ...parts.flatMap((part) => part.notes),
      ...(missing === 0 ? [] : [`${missing} of ${all.length} annotated pictures were not found and are left out.`]),
      ...(withPicture.length > 0 ? [] : ['None of the annotated pictures was found: activations must be given.']),
    ],
    ...(countable ? { hasCategory } : {}),
    filesOf: (sample) => samples[sample].in.flatMap(({ part, at }) => part.filesOf(at)),
    async read(sample, grid) {
      const stack = new PlaneStack(grid);
      let size: (Size & { readonly file: string }) | null = null;
      for (const { part, at } of samples[sample].in) {
        const found = await part.draw(at, grid, (category, positions) => {
          for (const place of table.placesOf(part, category)) stack.put(place, positions);
        });
        size ??= found;
        if (size.height !== found.height || size.width !== found.width) {
          throw probingFaults['coco-sizes'](
            samples[sample].image.file,
            found.file,
            shown(found),
            size.file,
            shown(size),
          );
        }
      }
      return { planes: stack.planes, everywhere: [], size };
    },
  };

  function hasCategory(sample: number, category: string): boolean {
    return samples[sample].in.some(({ part, at }) => {
      for (const place of part.categoriesOf?.(at) ?? [])
        if (table.placesOf(part, place).some((concept) => table.concepts[concept].category === category)) return true;
      return false;
    });
  }
}

/** Pictures are the same where they are the same file; where none was found, where split and name are alike. */
function unite(parts: readonly CocoPart[]): United[] {
  const byKey = new Map<string, { image: CocoImage; in: { part: CocoPart; at: number }[] }>();
  for (const part of parts) {
    part.images.forEach((image, at) => {
      if (image === undefined) return;
      const key = image.picture?.path ?? `${image.split ?? ''}:${stemOf(image.file)}`;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { image, in: [{ part, at }] });
      else known.in.push({ part, at });
    });
  }
  return Array.from(byKey.values());
}

function sampleOf({ file, split, picture }: CocoImage): SourceSample {
  return {
    name: picture?.path ?? file,
    ...(split === undefined ? {} : { split }),
    ...(picture === undefined ? {} : { picture }),
  };
}

function kindsOf(parts: readonly CocoPart[]): string[] {
  return ['instances', 'stuff', 'panoptic'].filter((kind) => parts.some((part) => part.kind === kind));
}

function formatOf(parts: readonly CocoPart[]): AnnotatedSource['format'] {
  const kinds = kindsOf(parts);
  if (kinds.includes('panoptic')) return 'coco-panoptic';
  return kinds.includes('instances') ? 'coco' : 'coco-stuff';
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

function shown({ height, width }: Size): string {
  return `${height} x ${width}`;
}
