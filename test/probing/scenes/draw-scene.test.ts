import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawScene, kindOf } from '../../../src/probing/scenes/draw-scene.ts';
import type { Scene } from '../../../src/probing/scenes/draw-scene.ts';
import { colorNames, objectNames, partNames, partOwners, sceneKinds } from '../../../src/probing/scenes/vocabulary.ts';
import { series } from './series.ts';

function digest(scene: Scene): string {
  const hash = createHash('sha256');
  for (const bytes of [scene.image.rgba, scene.objects, scene.parts, scene.colors]) hash.update(bytes);
  return hash.digest('hex');
}

function leastAlpha(rgba: Uint8ClampedArray): number {
  let least = 255;
  for (let place = 3; place < rgba.length; place += 4) least = Math.min(least, rgba[place]);
  return least;
}

describe('drawScene', () => {
  it.each([
    [0, 'e3b0e94b3c508d15a6b05cbdd80a9ae94bc54d6248318410b1bafb8ff5ad12dd'],
    [1, '61ec74445244095750dd150f4c9ed11d84cf707fc108e75fd83d6930324f38ac'],
    [500, 'ad901a7b6c893d0b9de7bb92481083e4b36e5e990e1ae3fbcf75176a0d3d09e2'],
  ])('draws picture %i of series 1 as ever', (sample, expected) => {
    expect(digest(drawScene(1, sample))).toBe(expected);
  });

  it('draws a picture the same whatever was drawn before it', () => {
    const alone = digest(drawScene(5, 17));
    drawScene(5, 3);
    drawScene(6, 17);
    expect(digest(drawScene(5, 17))).toBe(alone);
  });

  it('draws different pictures for different seeds and samples', () => {
    const digests = [drawScene(1, 0), drawScene(2, 0), drawScene(1, 12), drawScene(12, 1)].map(digest);
    expect(new Set(digests).size).toBe(4);
  });

  it('takes the kinds in turns', () => {
    for (const [sample, scene] of series.entries()) {
      expect(scene.kind).toBe(sceneKinds[sample % sceneKinds.length]);
      expect(kindOf(sample)).toBe(scene.kind);
    }
  });

  it('gives every pixel an object and one of the eleven colors, and opaque values', () => {
    for (const { image, objects, parts, colors } of series) {
      expect(objects).not.toContain(0);
      expect(colors).not.toContain(0);
      expect(Math.max(...objects)).toBeLessThanOrEqual(objectNames.length);
      expect(Math.max(...parts)).toBeLessThanOrEqual(partNames.length);
      expect(Math.max(...colors)).toBeLessThanOrEqual(colorNames.length);
      expect(leastAlpha(image.rgba)).toBe(255);
    }
  });

  it('shows every object, every part and every color', () => {
    const seen = { objects: new Set<number>(), parts: new Set<number>(), colors: new Set<number>() };
    for (const scene of series) {
      for (const plane of ['objects', 'parts', 'colors'] as const)
        for (const number of scene[plane]) seen[plane].add(number);
    }
    expect(objectNames.filter((_, index) => !seen.objects.has(index + 1))).toEqual([]);
    expect(partNames.filter((_, index) => !seen.parts.has(index + 1))).toEqual([]);
    expect(colorNames.filter((_, index) => !seen.colors.has(index + 1))).toEqual([]);
  });

  it('keeps parts inside the objects they belong to, and shows each part in each of them', () => {
    const pairs = new Set<string>();
    for (const { objects, parts } of series) {
      parts.forEach((part, pixel) => {
        if (part > 0) pairs.add(`${partNames[part - 1]} of ${objectNames[objects[pixel] - 1]}`);
      });
    }
    const declared = Object.entries(partOwners).flatMap(([part, owners]) =>
      owners.map((owner) => `${part} of ${owner}`),
    );
    expect([...pairs].toSorted()).toEqual(declared.toSorted());
  });
});
