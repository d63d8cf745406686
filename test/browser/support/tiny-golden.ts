import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';

const files = import.meta.glob<string>(
  ['../../golden/tiny/*.csv', '../../golden/tiny/features.*', '../../golden/tiny/images/**'],
  { query: '?url', import: 'default', eager: true },
);

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(files[`../../golden/tiny/${path}`]);
  return new Uint8Array(await response.arrayBuffer());
}

/** index.csv without the category material, which the recorded runs did not probe, and the sample that has nothing else. */
async function indexWithoutMaterial(): Promise<Uint8Array<ArrayBuffer>> {
  const [header, ...rows] = new TextDecoder()
    .decode(await bytesOf('index.csv'))
    .trim()
    .split('\n');
  const material = header.split(',').indexOf('material');
  const kept = rows.filter((row) => !row.startsWith('syn/drop0'));
  const blank = kept.map((row) => row.split(',').with(material, '').join(','));
  return new TextEncoder().encode(`${[header, ...blank].join('\n')}\n`);
}

/** The tiny golden's probing set as a zip, as a person would drop it; its samples are those of {@link tinyActivations}. */
export async function tinyZip(): Promise<File> {
  const zip = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false, level: 0 });
  for (const key of Object.keys(files)) {
    const path = key.slice('../../golden/tiny/'.length);
    if (path.startsWith('features.')) continue;
    await zip.add(path, new Uint8ArrayReader(await (path === 'index.csv' ? indexWithoutMaterial() : bytesOf(path))));
  }
  return new File([await zip.close()], 'tiny.zip');
}

/** The tiny golden's activations as a NumPy file. */
export async function tinyActivations(name = 'features.npy'): Promise<File> {
  const { shape } = JSON.parse(new TextDecoder().decode(await bytesOf('features.json'))) as { shape: number[] };
  const values = await bytesOf('features.bin');
  return new File(
    [npyHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`), values],
    name,
  );
}

/** The beginning of a NumPy file of version 1.0. */
function npyHeader(description: string): Uint8Array<ArrayBuffer> {
  const text = description.padEnd(Math.ceil((description.length + 11) / 64) * 64 - 11) + '\n';
  const header = new Uint8Array(10 + text.length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 0xff, text.length >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  return header;
}
