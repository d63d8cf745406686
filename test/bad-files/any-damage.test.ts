import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { openAde20k } from '../../src/probing/ade20k/ade20k.ts';
import { annotatedSet } from '../../src/probing/annotated/annotated-set.ts';
import type { AnnotatedSource } from '../../src/probing/annotated/annotated-source.ts';
import { openCityscapes } from '../../src/probing/cityscapes/cityscapes.ts';
import type { FileTree } from '../../src/probing/file-tree.ts';
import { openSceneParsing } from '../../src/probing/scene-parsing/scene-parsing.ts';
import { openVoc } from '../../src/probing/voc/voc.ts';
import * as ade20k from '../probing/ade20k/made.ts';
import * as cityscapes from '../probing/cityscapes/made.ts';
import * as sceneParsing from '../probing/scene-parsing/made.ts';
import { asFolder } from '../probing/support/trees.ts';
import * as voc from '../probing/voc/made.ts';

interface Layout {
  readonly name: string;
  readonly files: () => Map<string, Uint8Array<ArrayBuffer>>;
  readonly open: (tree: FileTree) => Promise<AnnotatedSource>;
}

const layouts: readonly Layout[] = [
  { name: 'ADE20K, full release', files: ade20k.release, open: openAde20k },
  { name: 'ADE20K, scene parsing', files: sceneParsing.release, open: openSceneParsing },
  { name: 'Pascal VOC', files: voc.devkit, open: openVoc },
  { name: 'Cityscapes', files: cityscapes.release, open: openCityscapes },
];

async function readAll({ open }: Layout, files: Map<string, Uint8Array<ArrayBuffer>>): Promise<void> {
  const tree = asFolder(files);
  const set = await annotatedSet(await open(tree), tree, {}, undefined);
  for (let sample = 0; sample < set.sampleCount; sample += 1) {
    const { planes } = await set.labels(sample);
    for (const plane of planes) expect(Math.max(...plane)).toBeLessThanOrEqual(set.concepts.length);
    await set.picture(sample);
  }
}

describe.each(layouts)('$name', (layout) => {
  it('is read or refused with a fault, whichever byte of whichever file is changed or cut off', async () => {
    const paths = Array.from(layout.files().keys());
    const damage = fc.record({ file: fc.nat(paths.length - 1), at: fc.nat(5000), byte: fc.option(fc.nat(255)) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, byte }) => {
        const files = layout.files();
        const bytes = files.get(paths[file]) ?? new Uint8Array(0);
        const place = at % bytes.length;
        files.set(paths[file], byte === null ? bytes.slice(0, place) : bytes.with(place, byte));
        try {
          await readAll(layout, files);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 150 },
    );
  });
});
