import { encode } from 'fast-png';
import { floats, npyBytes } from './npy.ts';
import { utf8 } from './trees.ts';

/** Starts like a JPEG, which is all that the readers look at. */
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46);

/** A Git LFS pointer, as a clone without LFS has it in place of a large file. */
export const LFS_POINTER = utf8('version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12345\n');
/** What a server answers instead of a file. */
export const WEB_PAGE = utf8('<!DOCTYPE html><html><head><title>Not found</title></head></html>');

/** A mask of 4 x 4 pixels with one label number everywhere. */
export function flatMask(number: number, width = 4, height = 4): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => [number & 255, number >> 8, 0][at % 3]);
  return new Uint8Array(encode({ width, height, data, channels: 3, depth: 8 }));
}

/** A good probing set of two pictures in Broden's layout. */
export function goodBroden(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    [
      'index.csv',
      utf8('image,sh,sw,object,part,scene\na.jpg,4,4,a_object.png,a_part.png;3,4\nb.jpg,4,4,b_object.png,,0\n'),
    ],
    [
      'label.csv',
      utf8(
        'number,name,category\n1,car,object(2)\n2,wheel,part(1)\n3,door,object(1);part(1)\n4,street,scene(1)\n300,sky,object(1)\n',
      ),
    ],
    ['category.csv', utf8('name,first,last\nobject,1,300\npart,2,3\nscene,4,4\n')],
    ['images/a.jpg', JPEG],
    ['images/b.jpg', JPEG],
    ['images/a_object.png', flatMask(1)],
    ['images/a_part.png', flatMask(2)],
    ['images/b_object.png', flatMask(300)],
  ]);
}

/** A good table of three samples and four concepts. */
export function goodTable(): Map<string, Uint8Array<ArrayBuffer>> {
  const data = Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1);
  return new Map([
    ['concepts.npy', npyBytes({ descr: '|u1', shape: [3, 4], data })],
    ['concepts.csv', utf8('number,name,category\n0,pre:dog,pre\n1,hyp:dog,hyp\n5,pre:cat,pre\n6,overlap50,overlap\n')],
    ['samples.csv', utf8('name\nfirst\nsecond\nthird\n')],
    ['vectors.txt', utf8('dog 1 0 0\nhorse 0.5 0.5 0\ncat 0 1 -2e-1\n')],
  ]);
}

/** A good file of activations: 2 samples, 3 units, 1 x 2 positions. */
export function goodActivations(): Uint8Array<ArrayBuffer> {
  return npyBytes({ shape: [2, 3, 1, 2], data: floats([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) });
}
