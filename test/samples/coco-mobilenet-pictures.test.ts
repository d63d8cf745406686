import { describe, expect, it } from 'vitest';
import { annotate } from '../../scripts/coco-mobilenet/annotation.ts';
import { paintBackground, placesOf, sceneKinds } from '../../scripts/coco-mobilenet/backgrounds.ts';
import { Canvas } from '../../scripts/coco-mobilenet/canvas.ts';
import { planSeries } from '../../scripts/coco-mobilenet/compose.ts';
import { conceptNumber, concepts } from '../../scripts/coco-mobilenet/concepts.ts';
import { stuffNumber } from '../../scripts/coco-mobilenet/layers.ts';
import { things } from '../../scripts/coco-mobilenet/things.ts';
import { diceFor } from '../../src/probing/scenes/random.ts';

describe('backgrounds', () => {
  it.each(sceneKinds)('%s says what every pixel shows, keeps its zones and comes out the same again', (kind) => {
    const [canvas, again] = [new Canvas(), new Canvas()];
    const { zones } = paintBackground(kind, canvas, diceFor(2, 7));
    paintBackground(kind, again, diceFor(2, 7));
    expect(canvas.shown.includes(0)).toBe(false);
    expect(Object.keys(zones).sort()).toEqual([...placesOf[kind]].sort());
    for (const [from, to] of Object.values(zones)) expect(from).toBeLessThan(to);
    expect(Buffer.compare(again.bytes(), canvas.bytes())).toBe(0);
  });
});

describe('the plan of a series', () => {
  const plans = planSeries(5, 300);

  it('shows every thing about equally often and none twice in a picture', () => {
    const counts = things.map((thing) => plans.filter((plan) => plan.things.includes(thing)).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
    for (const plan of plans) expect(new Set(plan.things).size).toBe(plan.things.length);
  });

  it('uses every kind of scene, and now and then a thing that does not belong there', () => {
    expect(new Set(plans.map((plan) => plan.scene))).toEqual(new Set(sceneKinds));
    const pairs = plans.flatMap((plan) => plan.things.map((thing) => ({ thing, places: placesOf[plan.scene] })));
    const strangers = pairs.filter(({ thing, places }) => !thing.places.some((place) => places.includes(place)));
    expect(strangers.length / pairs.length).toBeGreaterThan(0.08);
    expect(strangers.length / pairs.length).toBeLessThan(0.3);
  });
});

describe('annotation', () => {
  it('gives a block what most of its pixels show, and the color of their mean', () => {
    const canvas = new Canvas();
    canvas.paint(
      stuffNumber('sand'),
      () => 1,
      () => [255, 255, 255],
    );
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, 1],
    ])
      canvas.blend(x, y, [0, 0, 255], 1, stuffNumber('water'));
    const { planes, scene } = annotate({ canvas, scene: 'beach', visible: [] });
    expect(planes.object[0]).toBe(conceptNumber('object', 'water'));
    expect(planes.object[1]).toBe(conceptNumber('object', 'sand'));
    expect(planes.color[0]).toBe(conceptNumber('color', 'blue-c'));
    expect(planes.color[1]).toBe(conceptNumber('color', 'white-c'));
    expect(planes.group[0]).toBe(0);
    expect(concepts[scene - 1].name).toBe('beach-s');
  });
});
