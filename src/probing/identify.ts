import { probingFaults } from './errors.ts';

const LFS_POINTER = 'version https://git-lfs';
const REMEDY_LFS = 'Fetch the real file with git lfs pull.';
const REMEDY_DOWNLOAD = 'Download the file itself again.';
const REMEDY_EXPORT = 'Make or download it again.';

interface Kind {
  readonly name: string;
  readonly remedy: string;
}

/**
 * Says what a file is from its first bytes, where these belong to something well known.
 *
 * @param bytes the file, or at least its first 64 bytes
 * @returns words for a person, and what to do; undefined, if the bytes say nothing
 */
export function identify(bytes: Uint8Array): Kind | undefined {
  if (bytes.length === 0) return { name: 'empty (0 bytes)', remedy: REMEDY_EXPORT };
  const mime = pictureMime(bytes);
  if (mime !== undefined)
    return { name: `a ${mime.slice('image/'.length).toUpperCase()} picture`, remedy: REMEDY_EXPORT };
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  if (start.startsWith(LFS_POINTER)) return { name: 'a Git LFS pointer', remedy: REMEDY_LFS };
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)/i.test(start))
    return { name: 'a web page (HTML)', remedy: REMEDY_DOWNLOAD };
  if (start.startsWith('PK\x03\x04')) return { name: 'a zip archive', remedy: 'Unpack it first.' };
  if (start.startsWith('\x1f\x8b')) return { name: 'a gzip archive', remedy: 'Unpack it first.' };
  if (start.startsWith('\x93NUMPY')) return { name: 'a NumPy array', remedy: REMEDY_EXPORT };
  if (start.startsWith('\x89HDF')) return { name: 'an HDF5 file', remedy: REMEDY_EXPORT };
  if (start.startsWith('%PDF')) return { name: 'a PDF document', remedy: REMEDY_EXPORT };
  return undefined;
}

/**
 * The media type of a picture by its first bytes.
 *
 * @returns undefined, if it is none of PNG, JPEG, WebP, GIF, BMP, AVIF
 */
export function pictureMime(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp';
  if (start.startsWith('GIF8')) return 'image/gif';
  if (start.startsWith('BM') && bytes.length > 26) return 'image/bmp';
  if (start.slice(4, 12) === 'ftypavif') return 'image/avif';
  return undefined;
}

/**
 * The fault for a file that is not what it should be.
 *
 * @param wanted what it should be, with its article
 */
export function wrongKind(file: string, bytes: Uint8Array, wanted: string): Error {
  const kind = identify(bytes);
  if (kind === undefined) return probingFaults['unknown-kind'](file, wanted);
  return probingFaults['wrong-kind'](file, kind.name, wanted, kind.remedy);
}
