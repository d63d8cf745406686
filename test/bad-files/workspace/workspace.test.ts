import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBundle, packBundle } from '../../../src/engine/bits/bundle.ts';
import { readWorkspace } from '../../../src/pipeline/workspace/read-workspace.ts';
import { writeWorkspace } from '../../../src/pipeline/workspace/write-workspace.ts';
import { zipTree } from '../../../src/probing/trees/zip-tree.ts';
import { workspaceContents } from '../../pipeline/support/workspace-contents.ts';
import { LFS_POINTER, WEB_PAGE } from '../../probing/support/sets.ts';
import { rawZip, type RawEntry } from '../../probing/support/raw-zip.ts';
import { asZip, bytesOf, utf8 } from '../../probing/support/trees.ts';
import { expectFault } from '../bad-file.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Json = Record<string, unknown>;

/** The entries of a good file. */
const entries = new Map<string, Bytes>();
let good: Bytes;

beforeAll(async () => {
  const blob = await writeWorkspace(workspaceContents());
  good = await bytesOf(blob);
  for (const [path, file] of (await zipTree(blob, 'w')).files) entries.set(path, Uint8Array.from(await file.bytes()));
});

const read = (bytes: Bytes): Promise<unknown> => readWorkspace(new Blob([bytes]), 'my.formulens');
const jsonOf = (path: string): Json => JSON.parse(new TextDecoder().decode(entries.get(path))) as Json;

/** A file with other bytes in some entries; null leaves one out. */
async function changed(change: Readonly<Record<string, Bytes | null>>): Promise<Bytes> {
  const all = new Map<string, Bytes | null>([...entries, ...Object.entries(change)]);
  return bytesOf(await asZip([...all].filter((entry): entry is [string, Bytes] => entry[1] !== null)));
}

const withJson = (path: string, value: unknown): Promise<Bytes> => changed({ [path]: utf8(JSON.stringify(value)) });
const withManifest = (change: Json): Promise<Bytes> =>
  withJson('manifest.json', { ...jsonOf('manifest.json'), ...change });
const withResults = (change: (results: Json) => Json): Promise<Bytes> =>
  withJson('results/0.json', change(jsonOf('results/0.json')));

/** The file uncompressed and written by hand, so that it may be wrong. */
const raw = (change: (entry: RawEntry) => Partial<RawEntry>): Bytes =>
  rawZip(Array.from(entries, ([name, data]) => ({ name, data, ...change({ name, data }) })));

/** The file with one array of a bundle changed. */
function withArray(path: string, array: string, change: (values: Record<number, number>) => void): Promise<Bytes> {
  const bytes = Uint8Array.from(entries.get(path) ?? []);
  change(openBundle(bytes.buffer).arrays[array]);
  return changed({ [path]: bytes });
}

/** The file with the plain values of a bundle changed. */
function withMeta(path: string, change: Json): Promise<Bytes> {
  const { meta, arrays } = openBundle(Uint8Array.from(entries.get(path) ?? []).buffer);
  return changed({ [path]: Uint8Array.from(new Uint8Array(packBundle({ meta: { ...meta, ...change }, arrays }))) });
}

interface Bad {
  readonly name: string;
  readonly make: () => Bytes | Promise<Bytes>;
  readonly code: string;
  readonly message: string;
}

const AGAIN = 'Save the workspace again where it was made.';
const IS_ONE = 'A workspace file is what Save workspace gives, with a name that ends in .formulens.';

const notWorkspaces: readonly Bad[] = [
  { name: 'nothing', make: () => utf8(''), code: 'probing/wrong-kind', message: 'my.formulens is empty (0 bytes), not a workspace file. Make or download it again.' },
  { name: 'a web page', make: () => WEB_PAGE, code: 'probing/wrong-kind', message: 'my.formulens is a web page (HTML), not a workspace file. Download the file itself again.' },
  { name: 'an LFS pointer', make: () => LFS_POINTER, code: 'probing/wrong-kind', message: 'my.formulens is a Git LFS pointer, not a workspace file. Fetch the real file with git lfs pull.' },
  { name: 'noise', make: () => Uint8Array.of(8, 7, 6, 5), code: 'probing/unknown-kind', message: 'my.formulens is not a workspace file: its first bytes belong to no format we know. Make or download it again.' },
  { name: 'a probing set', make: async () => bytesOf(await asZip([['set/index.csv', utf8('image\n')], ['set/label.csv', utf8('')]])), code: 'pipeline/workspace-other', message: `my.formulens is a probing set, not a workspace file. ${IS_ONE}` },
  { name: 'a zipped model', make: async () => bytesOf(await asZip([['a/model.onnx', utf8('')], ['b.txt', utf8('')]])), code: 'pipeline/workspace-other', message: `my.formulens is a zip archive with a model in it (a/model.onnx), not a workspace file. ${IS_ONE}` },
  { name: 'another zip', make: async () => bytesOf(await asZip(['a', 'b', 'c', 'd'].map((path) => [path, utf8('')]))), code: 'pipeline/workspace-other', message: `my.formulens is another zip archive (it holds a, b, c and more), not a workspace file. ${IS_ONE}` },
  { name: "another program's manifest", make: () => withJson('manifest.json', { name: 'extension' }), code: 'pipeline/workspace-other', message: `my.formulens is another zip archive (it holds manifest.json, results/0.json, results/1.json and more), not a workspace file. ${IS_ONE}` },
  { name: 'a manifest that is a list', make: () => withJson('manifest.json', [1]), code: 'pipeline/workspace-other', message: `my.formulens is another zip archive (it holds manifest.json, results/0.json, results/1.json and more), not a workspace file. ${IS_ONE}` },
];

const damaged: readonly Bad[] = [
  { name: 'cut off', make: () => good.slice(0, -40), code: 'probing/not-a-zip', message: 'my.formulens cannot be read as a zip archive: its end is missing. Make or download it again.' },
  { name: 'cut in half', make: () => good.slice(0, good.length / 2), code: 'probing/not-a-zip', message: 'my.formulens cannot be read as a zip archive: its end is missing. Make or download it again.' },
  { name: 'a name that leads outside', make: () => raw(({ name }) => (name === 'results/0.json' ? { name: '../0.json' } : {})), code: 'probing/zip-unsafe-name', message: 'my.formulens contains an entry named ../0.json, which is no plain path inside the archive. Zip the folder again.' },
  { name: 'a huge claimed size', make: () => raw(({ name }) => (name === 'cells/0/maps.bundle' ? { size: 0xf0000000, method: 8 } : {})), code: 'pipeline/workspace-too-large', message: `cells/0/maps.bundle in my.formulens claims 3.8 GB when unpacked, more than a file of this size can hold. Do not trust it; save the workspace again where it was made.` },
  { name: 'a claimed size that is not kept', make: () => raw(({ name, data }) => (name === 'cells/0/maps.bundle' ? { size: data.length + 8 } : {})), code: 'probing/zip-entry', message: 'cells/0/maps.bundle in my.formulens is damaged: its size is not what the zip says. Make or download the zip again.' },
  { name: 'a manifest that is no JSON', make: () => changed({ 'manifest.json': utf8('{"format": ') }), code: 'pipeline/workspace-entry', message: `manifest.json in my.formulens cannot be used: it is no JSON. ${AGAIN}` },
  { name: 'results that are missing', make: () => changed({ 'results/1.json': null }), code: 'pipeline/workspace-missing', message: `my.formulens has no entry results/1.json, which belongs to it. ${AGAIN}` },
  { name: 'a bundle that is missing', make: () => changed({ 'cells/0/names.bundle': null }), code: 'pipeline/workspace-missing', message: `my.formulens has no entry cells/0/names.bundle, which belongs to it. ${AGAIN}` },
  { name: 'a bundle that is none', make: () => changed({ 'activations/0.bundle': utf8('no bundle at all') }), code: 'pipeline/workspace-entry', message: `activations/0.bundle in my.formulens cannot be used: it is no bundle. ${AGAIN}` },
  { name: 'an empty bundle', make: () => changed({ 'cells/0/cells.bundle': utf8('') }), code: 'pipeline/workspace-entry', message: `cells/0/cells.bundle in my.formulens cannot be used: it is no bundle. ${AGAIN}` },
];

const newer: readonly Bad[] = [
  { name: 'a newer version', make: () => withManifest({ version: 2, madeWith: 'Formulens 9.1' }), code: 'pipeline/workspace-newer', message: 'my.formulens was saved by a newer version of this page (Formulens 9.1). Reload the page to get the newest version, then open the file again.' },
  { name: 'a newer version without what we need', make: () => withJson('manifest.json', { format: 'formulens/workspace', version: 3, madeWith: 'Formulens 10' }), code: 'pipeline/workspace-newer', message: 'my.formulens was saved by a newer version of this page (Formulens 10). Reload the page to get the newest version, then open the file again.' },
];

const manifestSays = (where: string, problem: string): string =>
  `manifest.json in my.formulens cannot be used, at ${where}: ${problem}. ${AGAIN}`;
const resultsSay = (where: string, problem: string): string =>
  `results/0.json in my.formulens cannot be used, at ${where}: ${problem}. ${AGAIN}`;
const code = 'pipeline/workspace-value';

const nonsense: readonly Bad[] = [
  { name: 'a version that is text', make: () => withManifest({ version: 'one' }), code, message: manifestSays('version', 'it is no number') },
  { name: 'no results', make: () => withManifest({ results: [] }), code, message: manifestSays('results', 'it is empty') },
  { name: 'results that are no list', make: () => withManifest({ results: 5 }), code, message: manifestSays('results', 'it is no list') },
  { name: 'cells that are not there', make: () => withManifest({ cells: 0 }), code, message: manifestSays('results[0].cells', 'it is 0, not 0 to -1') },
  { name: 'cells that nobody needs', make: () => withManifest({ cells: 2 }), code, message: manifestSays('results', 'none of them needs cells 1') },
  { name: 'a key that leads elsewhere', make: () => withManifest({ results: [{ key: '../../x', cells: null, pictures: null, activations: null }] }), code, message: manifestSays('results[0].key', 'it is no key of 16 hex digits') },
  { name: 'a time that is none', make: () => withManifest({ madeAt: 'yesterday' }), code, message: manifestSays('madeAt', 'it is no time') },
  { name: 'a view that is no text', make: () => withManifest({ view: null }), code, message: manifestSays('view', 'it is no text') },
  { name: 'results of another schema', make: () => withResults((results) => ({ ...results, schema: 'formulens/explanations/7' })), code, message: resultsSay('schema', 'it is not formulens/explanations/2') },
  { name: 'results without units', make: () => withResults(({ units: _units, ...rest }) => rest), code, message: resultsSay('units', 'it is no list') },
  { name: 'a unit out of range', make: () => withResults((results) => ({ ...results, unitRange: [1, 4] })), code, message: resultsSay('units', 'unit 0 is out of order or outside of 1 to 4') },
  { name: 'a formula of no concept', make: () => withResults((results) => ({ ...results, units: [{ ...(results['units'] as Json[])[0], best: { formula: { kind: 'concept', concept: 5 }, iou: 0, score: 0, size: 0, intersection: 0 } }] })), code, message: resultsSay('units[0].best.formula.concept', 'it is 5, not 0 to 4') },
  { name: 'a formula of no kind', make: () => withResults((results) => ({ ...results, units: [{ ...(results['units'] as Json[])[0], best: { formula: { kind: 'xor' }, iou: 0 } }] })), code, message: resultsSay('units[0].best.formula.kind', 'it is none of concept, neighbors, not, and, or') },
  { name: 'an IoU above 1', make: () => withResults((results) => ({ ...results, units: [{ ...(results['units'] as Json[])[0], best: { formula: { kind: 'concept', concept: 0 }, iou: 1.5, size: 0, intersection: 0 } }] })), code, message: resultsSay('units[0].best.iou', 'it is 1.5, not 0 to 1') },
  { name: 'a hash that is none', make: () => withResults((results) => ({ ...results, activations: { ...(results['activations'] as Json), hash: 'abc' } })), code, message: resultsSay('activations.hash', 'it is no SHA-256 of 64 hex digits') },
  { name: 'concepts out of order', make: () => withResults((results) => ({ ...results, concepts: (results['concepts'] as Json[]).toReversed() })), code, message: resultsSay('concepts[0].id', 'it is not 0') },
];

const bundles: readonly Bad[] = [
  { name: 'cells of other concepts', make: () => withMeta('cells/0/cells.bundle', { conceptCount: 4 }), code: 'pipeline/workspace-entry', message: `cells/0/cells.bundle in my.formulens cannot be used: it is of 4 concepts, not 5. ${AGAIN}` },
  { name: 'a concept that there is not', make: () => withArray('cells/0/cells.bundle', 'signatures', (values) => (values[0] = 700)), code: 'pipeline/workspace-entry', message: `cells/0/cells.bundle in my.formulens cannot be used: it names concepts that there are not. ${AGAIN}` },
  { name: 'a cell that there is not', make: () => withArray('cells/0/maps.bundle', 'palettes', (values) => (values[3] = 1e9)), code: 'pipeline/workspace-entry', message: `cells/0/maps.bundle in my.formulens cannot be used: it names cells that there are not. ${AGAIN}` },
  { name: 'a position in no cell', make: () => withArray('cells/0/maps.bundle', 'indices', (values) => (values[36] = 255)), code: 'pipeline/workspace-entry', message: `cells/0/maps.bundle in my.formulens cannot be used: its positions of sample 1 lie in no cell. ${AGAIN}` },
  { name: 'maps of other samples', make: () => withMeta('cells/0/maps.bundle', { sampleCount: 13 }), code: 'pipeline/workspace-entry', message: `cells/0/maps.bundle in my.formulens cannot be used: it is of another grid or of other samples. ${AGAIN}` },
  { name: 'too few names', make: () => withMeta('cells/0/names.bundle', { names: ['one'] }), code: 'pipeline/workspace-entry', message: `cells/0/names.bundle in my.formulens cannot be used: it does not have the name of each sample. ${AGAIN}` },
  { name: 'neighbours that there are not', make: () => withArray('cells/0/extras.bundle', 'neighbors', (values) => (values[0] = 9)), code: 'pipeline/workspace-entry', message: `cells/0/extras.bundle in my.formulens cannot be used: it names concepts that there are not. ${AGAIN}` },
  { name: 'activations of other units', make: () => withMeta('activations/0.bundle', { unitCount: 6 }), code: 'pipeline/workspace-entry', message: `activations/0.bundle in my.formulens cannot be used: it is of 6 units, not 5. ${AGAIN}` },
  { name: 'activations of a sample that there is not', make: () => withArray('activations/0.bundle', 'samples', (values) => (values[2] = 99)), code: 'pipeline/workspace-entry', message: `activations/0.bundle in my.formulens cannot be used: its samples of unit 0 are out of order. ${AGAIN}` },
  { name: 'activations whose parts do not fit', make: () => withArray('activations/0.bundle', 'start', (values) => (values[1] = 1e6)), code: 'pipeline/workspace-entry', message: `activations/0.bundle in my.formulens cannot be used: its parts do not fit together. ${AGAIN}` },
  { name: 'pictures that reach outside', make: () => withArray('pictures/0.bundle', 'start', (values) => (values[1] = 1e6)), code: 'pipeline/workspace-entry', message: `pictures/0.bundle in my.formulens cannot be used: its pictures lie outside of it. ${AGAIN}` },
];

const kinds = { 'not a workspace': notWorkspaces, damage: damaged, 'a newer version': newer, nonsense, 'a bundle': bundles };

describe.each(Object.entries(kinds))('%s', (_, all) => {
  it.each(all)('$name', async ({ make, code: wanted, message }) => {
    await expectFault(async () => read(await make()), wanted, message);
  });
});

it('notices a changed byte in whichever entry, and names it', async () => {
  await read(raw(() => ({})));
  for (const [path, data] of entries) {
    const flipped = Uint8Array.from(data);
    flipped[flipped.length >> 1] ^= 1;
    const bytes = raw(({ name }) => (name === path ? { data: flipped, crc: crc32(data) } : {}));
    await expectFault(
      () => read(bytes),
      'probing/zip-entry',
      `${path} in my.formulens is damaged: its checksum does not match. Make or download the zip again.`,
    );
  }
  expect(entries.size).toBe(9);
});

it('refuses formulas nested deeper than anything can follow', async () => {
  let formula = '{"kind":"concept","concept":0}';
  for (let i = 0; i < 3000; i++) formula = `{"kind":"not","of":${formula}}`;
  const text = JSON.stringify(jsonOf('results/0.json'));
  const best = `{"formula":${formula},"size":0,"intersection":0,"iou":0,"score":0}`;
  const bytes = await changed({ 'results/0.json': utf8(text.replace('"best":null', `"best":${best}`)) });
  await expect(read(bytes)).rejects.toThrow('the formula is nested too deep');
});

it('leaves out small pictures that are none, so that nothing else gets an address', async () => {
  const bytes = await withArray('pictures/0.bundle', 'files', (files) => {
    for (const [i, byte] of utf8('<html>').entries()) files[i] = byte;
  });
  const { pictures } = (await read(bytes)) as { pictures: { sample: number }[][] };
  expect(pictures[0].map(({ sample }) => sample)).toEqual([3, 11]);
});
