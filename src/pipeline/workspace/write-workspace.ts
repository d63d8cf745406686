import { BlobReader, BlobWriter, configure, TextReader, ZipWriter } from '@zip.js/zip.js';
import { explanationsJson } from '../../engine/results/explanations-json.ts';
import { version } from '../../engine/version.ts';
import { ACTIVATIONS_VERSION, CELLS_VERSION } from '../versions.ts';
import { MemoryReader } from './bundle-entry.ts';
import type { WorkspaceContents } from './contents.ts';
import { cellsParts, entryNames, WORKSPACE_FORMAT, WORKSPACE_VERSION, type Manifest } from './format.ts';
import { packPictures } from './picture-bundle.ts';

/**
 * Writes a workspace file (docs/formats.md). Entries are compressed one after the other, piece by piece.
 *
 * @throws the error of whatever could not be read
 */
export async function writeWorkspace(contents: WorkspaceContents): Promise<Blob> {
  // zip.js would start workers from blob: addresses, which the page's content security policy forbids.
  configure({ useWebWorkers: false });
  const { results, cells, pictures, activations } = contents;
  const zip = new ZipWriter(new BlobWriter('application/zip'), { lastModDate: new Date(contents.madeAt) });
  await zip.add(entryNames.manifest, new TextReader(`${JSON.stringify(manifestOf(contents), null, 1)}\n`));
  for (const [i, { results: made }] of results.entries())
    await zip.add(entryNames.results(i), new TextReader(explanationsJson(made)));
  for (const [i, buffers] of cells.entries()) {
    for (const part of cellsParts) await zip.add(entryNames.cells(i, part), new MemoryReader(buffers[part]));
  }
  for (const [i, some] of pictures.entries()) {
    const files = new Blob([Uint8Array.from(new Uint8Array(await packPictures(some)))]);
    await zip.add(entryNames.pictures(i), new BlobReader(files), { level: 0 });
  }
  for (const [i, { buffer }] of activations.entries())
    await zip.add(entryNames.activations(i), new MemoryReader(buffer));
  return zip.close();
}

function manifestOf({ madeAt, view, results, cells, pictures, activations }: WorkspaceContents): Manifest {
  return {
    format: WORKSPACE_FORMAT,
    version: WORKSPACE_VERSION,
    madeAt,
    madeWith: `Formulens ${version}`,
    view,
    cellsVersion: CELLS_VERSION,
    activationsVersion: ACTIVATIONS_VERSION,
    results: results.map(({ results: { key }, ...parts }) => ({
      key,
      cells: parts.cells,
      pictures: parts.pictures,
      activations: parts.activations,
    })),
    cells: cells.length,
    pictures: pictures.length,
    activations: activations.map(({ provider, providerNote, runtimeVersion }) => ({
      provider,
      providerNote,
      runtimeVersion,
    })),
  };
}
