import { join } from 'node:path';
import sharp from 'sharp';

/** A thing cut out of its emoji, at the size in which it is drawn. */
export interface CutOut {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha, row by row; not premultiplied. */
  readonly rgba: Uint8Array;
}

/** Reads emoji, cuts them to what is not transparent and scales them. */
export class CutOuts {
  private readonly folder: string;
  private readonly trimmed = new Map<string, Promise<CutOut>>();

  /** @param folder where the package's `.webp` files lie */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The emoji scaled so that its longer side has `size` pixels, mirrored left to right if asked. */
  async scaled(file: string, size: number, mirrored: boolean): Promise<CutOut> {
    let source = this.trimmed.get(file);
    if (source === undefined) this.trimmed.set(file, (source = trim(join(this.folder, `${file}.webp`))));
    const { width, height, rgba } = await source;
    const scale = size / Math.max(width, height);
    const pixels = sharp(rgba, { raw: { width, height, channels: 4 } });
    const { data, info } = await (mirrored ? pixels.flop() : pixels)
      .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), { fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgba: data };
  }
}

async function trim(path: string): Promise<CutOut> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  let [left, top, right, bottom] = [info.width, info.height, 0, 0];
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      if (data[4 * (y * info.width + x) + 3] < 64) continue;
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  }
  const [width, height] = [right - left, bottom - top];
  const rgba = await sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
    .extract({ left, top, width, height })
    .raw()
    .toBuffer();
  return { width, height, rgba };
}
