import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatorVersion } from '../../../src/probing/scenes/draw-scene.ts';
import { sceneKinds } from '../../../src/probing/scenes/vocabulary.ts';

const folder = new URL('../../../public/samples/scenes/', import.meta.url);
const model = readFileSync(new URL('model.onnx', folder));
const provenance = JSON.parse(readFileSync(new URL('provenance.json', folder), 'utf8'));

describe('the committed model of scenes', () => {
  it('is the file its provenance speaks of', () => {
    expect(createHash('sha256').update(model).digest('hex')).toBe(provenance.model.sha256);
    expect(model.length).toBe(provenance.model.bytes);
    expect(model.length).toBeLessThan(3_000_000);
  });

  it('was trained on pictures of the present generator, and of other series than the probing set', () => {
    expect(provenance.generator_version).toBe(generatorVersion);
    expect(provenance.model.classes).toEqual([...sceneKinds]);
    expect([provenance.training.picture_seed, provenance.held_out.picture_seed]).toEqual([11, 12]);
  });

  it('names at least nine in ten held-out pictures, and most of each scene', () => {
    expect(provenance.held_out.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(Math.min(...Object.values<number>(provenance.held_out.accuracy_by_scene))).toBeGreaterThan(0.8);
  });
});
