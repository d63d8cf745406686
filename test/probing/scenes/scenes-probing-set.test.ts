import { describe, expect, it } from 'vitest';
import { scenesProbingSet, sceneOf } from '../../../src/probing/scenes/scenes-probing-set.ts';
import { colorNames, objectNames, partNames, sceneKinds } from '../../../src/probing/scenes/vocabulary.ts';
import { drawScene } from '../../../src/probing/scenes/draw-scene.ts';

describe('scenesProbingSet', () => {
  it('describes itself', async () => {
    const set = await scenesProbingSet();
    expect(set).toMatchObject({ format: 'scenes', sampleCount: 960, grid: { height: 112, width: 112 } });
    expect(set.categories).toEqual(['scene', 'object', 'part', 'color']);
    expect(set.concepts.map((concept) => concept.id)).toEqual(set.concepts.map((_, index) => index));
    const named = (category: string) =>
      set.concepts.filter((concept) => concept.category === category).map(({ name }) => name);
    expect([named('scene'), named('object'), named('part'), named('color')]).toEqual([
      [...sceneKinds],
      [...objectNames],
      [...partNames],
      [...colorNames],
    ]);
    expect(named('object').length).toBeGreaterThanOrEqual(30);
    expect(named('part').length).toBeGreaterThanOrEqual(30);
    expect(set.notes.join(' ')).toContain('none is a photograph');
    expect(set.survey.categories.map(({ name, samples, probed }) => [name, samples, probed])).toEqual([
      ['scene', 960, true],
      ['object', null, true],
      ['part', null, true],
      ['color', null, true],
    ]);
    expect([set.survey.colors, set.survey.splits]).toEqual(['given', []]);
  });

  it('labels each pixel with the names the generator gave it', async () => {
    const set = await scenesProbingSet({ samples: 24, seed: 3 });
    for (const sample of [0, 7, 23]) {
      const scene = drawScene(3, sample);
      const { planes, everywhere } = await set.labels(sample);
      const names = [objectNames, partNames, colorNames];
      [scene.objects, scene.parts, scene.colors].forEach((numbers, plane) => {
        const expected = Array.from(numbers, (number) => (number === 0 ? undefined : names[plane][number - 1]));
        const given = Array.from(planes[plane], (number) => (number === 0 ? undefined : set.concepts[number - 1].name));
        expect(given).toEqual(expected);
      });
      expect(everywhere.map((id) => set.concepts[id].name)).toEqual([scene.kind]);
      expect(sceneOf(sample)).toBe(scene.kind);
    }
  });

  it('gives pictures as pixels, in any order and again', async () => {
    const set = await scenesProbingSet({ samples: 24, seed: 3 });
    const first = await set.picture(5);
    await set.picture(6);
    await set.labels(7);
    expect(await set.picture(5)).toEqual(first);
    expect(first).toEqual({ kind: 'pixels', pixels: drawScene(3, 5).image });
  });

  it('balances the kinds to within one picture', async () => {
    const { sampleCount } = await scenesProbingSet({ samples: 100 });
    const counts = new Map<string, number>();
    for (let sample = 0; sample < sampleCount; sample++)
      counts.set(sceneOf(sample), (counts.get(sceneOf(sample)) ?? 0) + 1);
    expect(counts.size).toBe(sceneKinds.length);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
  });

  it('has a content hash that follows the options', async () => {
    const hashes = await Promise.all(
      [{}, { samples: 960 }, { seed: 1 }, { seed: 2 }, { samples: 10 }].map(
        async (options) => (await scenesProbingSet(options)).contentHash,
      ),
    );
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes.slice(1, 3)).toEqual([hashes[0], hashes[0]]);
    expect(new Set(hashes).size).toBe(3);
  });

  it('refuses samples it does not have, and options that make no sense', async () => {
    const set = await scenesProbingSet({ samples: 5 });
    await expect(set.labels(5)).rejects.toThrow('no sample 5 of 5');
    await expect(set.picture(-1)).rejects.toThrow('no sample -1 of 5');
    await expect(scenesProbingSet({ samples: 0 })).rejects.toThrow('samples must be a whole number from 1');
    await expect(scenesProbingSet({ seed: 0.5 })).rejects.toThrow('seed must be a whole number');
  });
});
