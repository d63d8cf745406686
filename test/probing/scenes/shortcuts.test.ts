import { describe, expect, it } from 'vitest';
import { shortcuts, type Shortcut } from '../../../src/probing/scenes/shortcuts.ts';
import type { Scene } from '../../../src/probing/scenes/draw-scene.ts';
import { colorNames, objectNames } from '../../../src/probing/scenes/vocabulary.ts';
import type { SceneKind } from '../../../src/probing/scenes/vocabulary.ts';
import { series } from './series.ts';

/** Number of pixels of a picture that show a shortcut's evidence. */
function evidencePixels(shortcut: Shortcut, scene: Scene): number {
  let pixels = 0;
  for (const { object, color } of shortcut.evidence) {
    const objectNumber = objectNames.indexOf(object) + 1;
    const colorNumber = color && colorNames.indexOf(color) + 1;
    for (let pixel = 0; pixel < scene.objects.length; pixel++) {
      if (scene.objects[pixel] !== objectNumber) continue;
      if (colorNumber === undefined || scene.colors[pixel] === colorNumber) pixels++;
    }
  }
  return pixels;
}

/** Objects, as numbers, that at least one picture of the kind shows. */
function objectsOf(kind: SceneKind): Set<number> {
  return new Set(series.filter((scene) => scene.kind === kind).flatMap((scene) => [...new Set(scene.objects)]));
}

describe.each(shortcuts)('$scene against $lookalike: $story', (shortcut) => {
  const { scene: kind, lookalike, evidence } = shortcut;

  it('shows the evidence in every picture of the scene', () => {
    for (const scene of series) {
      if (scene.kind === kind) expect(evidencePixels(shortcut, scene)).toBeGreaterThan(60);
    }
  });

  it('shows next to none of it in any other scene', () => {
    for (const scene of series) {
      if (scene.kind !== kind) expect(evidencePixels(shortcut, scene)).toBeLessThan(30);
    }
  });

  it('shows the same objects in both, apart from the evidence', () => {
    const deciding = new Set(
      evidence.filter(({ color }) => !color).map(({ object }) => objectNames.indexOf(object) + 1),
    );
    const expected = [...objectsOf(kind)].filter((number) => !deciding.has(number));
    const names = (numbers: Iterable<number>) => [...numbers].map((number) => objectNames[number - 1]).toSorted();
    expect(names(objectsOf(lookalike))).toEqual(names(expected));
  });

  for (const { object, color } of evidence) {
    if (!color) continue;
    it(`decides by ${object} and ${color} together, not by either alone`, () => {
      const rest = series.filter((scene) => scene.kind === lookalike);
      expect(rest.every((scene) => evidencePixels({ ...shortcut, evidence: [{ object }] }, scene) > 60)).toBe(true);
      const colored = objectNames.map((other) => ({ object: other, color }));
      expect(rest.some((scene) => evidencePixels({ ...shortcut, evidence: colored }, scene) > 30)).toBe(true);
    });
  }
});
