import { expect, it } from 'vitest';
import { bytesOfProbing, keptModels, modelOn, wholeSet } from '../../src/ui/pages/storage/kept-models.ts';
import { largeKept } from './fake-kept.ts';

it('puts the layers of a model together, and adds up their bytes', () => {
  const models = keptModels(largeKept);
  expect(models.map(({ name, layers }) => `${name} ${layers.length}`)).toEqual([
    'resnet18_places365_imagenet_normalised.onnx 2',
    'activations.npy 1',
  ]);
  const all = models.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(bytesOfProbing(largeKept)).toBe(all + largeKept.cells + largeKept.thumbnails);
});

it('says what goes with a probing set, and with a model on it', () => {
  const [model] = keptModels(largeKept);
  expect(wholeSet(largeKept)).toEqual({
    what: { probing: largeKept.contentHash },
    title: 'ADE20K_2021_17_01',
    goes: [
      'its concepts, 214 MB: the set must be read again',
      'its small pictures, 88 MB',
      'resnet18_places365_imagenet_normalised.onnx, 2 layers: activations 1.2 GB, results 3.8 MB, an unfinished run 73 MB',
      'activations.npy, 1 layer: activations 91 MB, results 800 kB',
    ],
  });
  expect(modelOn(largeKept, model)).toEqual({
    what: { probing: largeKept.contentHash, source: model.source },
    title: 'resnet18_places365_imagenet_normalised.onnx on ADE20K_2021_17_01',
    goes: [
      'layer3.1.relu: activations 620 MB, results 1.9 MB',
      'layer4: activations 620 MB, results 1.9 MB, an unfinished run 73 MB',
    ],
  });
});
