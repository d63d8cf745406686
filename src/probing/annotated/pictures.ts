import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import { pictureMime, wrongKind } from '../identify.ts';
import { shownSize } from '../picture-size.ts';
import type { ProbingTools } from '../probing-options.ts';
import type { Picture, PixelImage } from '../probing-set.ts';
import type { Size, SourceSample } from './annotated-source.ts';

const MOST_HELD = 3;
const HEADER_BYTES = 262_144;

type Decode = ProbingTools['decode'];

/**
 * The pictures of a source's samples. Where colors are computed, the last few decoded ones are held until they are asked for, so that a
 * sample whose labels are read before its picture is decoded once.
 */
export class Pictures {
  readonly #samples: readonly SourceSample[];
  readonly #decode: Decode | undefined;
  readonly #held = new Map<number, Promise<PixelImage>>();

  constructor(samples: readonly SourceSample[], decode: Decode | undefined) {
    this.#samples = samples;
    this.#decode = decode;
  }

  /** A sample's picture, or undefined where it has none: its pixels if they are held (and no longer then), else its file. */
  async take(sample: number): Promise<Picture | undefined> {
    const held = this.#held.get(sample);
    this.#held.delete(sample);
    if (held !== undefined) return { kind: 'pixels', pixels: await held };
    const file = this.#samples[sample].picture;
    return file && readPicture(file);
  }

  /** A sample's pixels; the sample must have a picture, and there must be a decoder. @throws Fault naming the file */
  pixels(sample: number): Promise<PixelImage> {
    const held = this.#held.get(sample);
    if (held !== undefined) return held;
    const decoded = this.#decodeSample(sample);
    this.#held.set(sample, decoded);
    decoded.catch(() => this.#held.delete(sample));
    if (this.#held.size > MOST_HELD) {
      const [oldest] = this.#held.keys();
      this.#held.delete(oldest);
    }
    return decoded;
  }

  /** The size of a sample's picture as it is shown; undefined where it has none or its header does not tell. */
  async size(sample: number): Promise<Size | undefined> {
    const held = this.#held.get(sample);
    if (held !== undefined) return await held;
    const file = this.#samples[sample].picture;
    return file && headerSize(file);
  }

  async #decodeSample(sample: number): Promise<PixelImage> {
    const { picture, name } = this.#samples[sample];
    if (picture === undefined || this.#decode === undefined) throw probingFaults['no-pixels'](name);
    return this.#decode(await readPicture(picture));
  }
}

async function readPicture(file: TreeFile): Promise<Picture> {
  const bytes = await file.bytes();
  const mime = pictureMime(bytes);
  if (mime === undefined) throw wrongKind(file.path, bytes, 'a picture');
  return { kind: 'encoded', bytes, mime, name: file.path };
}

/** The size of a picture as it is shown, from its first bytes; undefined where they do not tell. */
export async function headerSize(file: TreeFile): Promise<Size | undefined> {
  const reader = file.stream().getReader();
  let start = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return shownSize(start);
    start = joined(start, value);
    const size = shownSize(start);
    if (size === undefined && start.length < HEADER_BYTES) continue;
    await reader.cancel();
    return size;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
