import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/runtime/decode-browser.ts';
import pixels from '../runtime/fixtures/pixels.json';

const files = import.meta.glob('../runtime/fixtures/*.{jpg,png,webp}', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function hash(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('a picture decodes in the page to the values it has in Node', () => {
  it.each(Object.entries(pixels))('%s', async (name, expected) => {
    const response = await fetch(String(files[`../runtime/fixtures/${name}`]));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { width, height, rgba } = await decodePicture({ kind: 'encoded', bytes, mime: '', name });
    expect({ width, height, sha256: await hash(rgba) }).toEqual(expected);
  });

  it('says which picture is broken', async () => {
    const broken = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    await expect(
      decodePicture({ kind: 'encoded', bytes: broken, mime: 'image/jpeg', name: 'broken.jpg' }),
    ).rejects.toThrow(
      'broken.jpg cannot be decoded as a picture (its first bytes are ff d8 ff e0). Save it again as JPEG or PNG.',
    );
  });
});
