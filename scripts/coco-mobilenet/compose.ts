import { diceFor, type Dice } from '../../src/probing/scenes/random.ts';
import { paintBackground, placesOf, sceneKinds, type Background, type SceneKind } from './backgrounds.ts';
import { Canvas, pictureSize, type Rgb } from './canvas.ts';
import type { CutOut, CutOuts } from './cut-outs.ts';
import { stuff } from './layers.ts';
import { things, type Place, type Thing } from './things.ts';

/** One composed picture. */
export interface Composition {
  readonly scene: SceneKind;
  readonly canvas: Canvas;
  /** Things of which at least a quarter can be seen, in the order drawn, each once. */
  readonly visible: readonly Thing[];
}

/** What a picture will show, before anything is painted. */
export interface Plan {
  readonly scene: SceneKind;
  readonly things: readonly Thing[];
}

interface Placement {
  readonly thing: Thing;
  readonly cutOut: CutOut;
  readonly left: number;
  readonly top: number;
  readonly standing: boolean;
}

/** Chance that a thing comes where it does not belong, so that things and scenes can be told apart. */
const strangerChance = 0.22;

/** The number a canvas carries for a thing; stuff comes before. */
export function thingNumber(thing: Thing): number {
  return stuff.length + things.indexOf(thing) + 1;
}

/** Plans a series: every thing comes about equally often, in the rarest of the scenes that suit it, now and then in any scene. */
export function planSeries(seed: number, count: number): Plan[] {
  const dice = diceFor(seed, -1);
  const deck: Thing[] = [];
  const uses = new Map<SceneKind, number>();
  const used = (scene: SceneKind): number => uses.get(scene) ?? 0;
  const draw = (accept: (thing: Thing) => boolean): Thing => {
    if (deck.length < things.length) deck.push(...dice.shuffled(things));
    const at = deck.findIndex(accept);
    return deck.splice(Math.max(0, at), 1)[0];
  };
  return Array.from({ length: count }, () => {
    const first = draw(() => true);
    const scenes = dice.shuffled(
      dice.chance(strangerChance) ? sceneKinds : sceneKinds.filter((kind) => suits(first, kind)),
    );
    const scene = scenes.reduce((rare, kind) => (used(kind) < used(rare) ? kind : rare));
    uses.set(scene, used(scene) + 1);
    const chosen = [first];
    for (let more = dice.pick([1, 1, 2, 2, 2, 3, 3]); more > 0; more--) {
      const stranger = dice.chance(strangerChance);
      chosen.push(draw((thing) => !chosen.includes(thing) && (stranger || suits(thing, scene))));
    }
    return { scene, things: chosen };
  });
}

/** Paints what was planned for picture `index` of series `seed`. */
export async function compose(plan: Plan, cutOuts: CutOuts, seed: number, index: number): Promise<Composition> {
  const dice = diceFor(seed, index);
  const canvas = new Canvas();
  const background = paintBackground(plan.scene, canvas, dice);
  const placements: Placement[] = [];
  for (const thing of plan.things) placements.push(await place(thing, background, placements, cutOuts, dice));
  placements.sort(
    (a, b) => Number(a.standing) - Number(b.standing) || a.top + a.cutOut.height - b.top - b.cutOut.height,
  );
  const areas = placements.map((placement) => draw(canvas, placement, background.light));
  const visible = placements.filter(({ thing }, at) => {
    const number = thingNumber(thing);
    return canvas.shown.reduce((sum, shown) => sum + Number(shown === number), 0) >= 0.25 * areas[at];
  });
  return { scene: plan.scene, canvas, visible: visible.map(({ thing }) => thing) };
}

function suits(thing: Thing, scene: SceneKind): boolean {
  return thing.places.some((place) => placesOf[scene].includes(place));
}

/** A place for one more thing; of eight tries the first that hides little, else the one that hides least. */
async function place(
  thing: Thing,
  { zones }: Background,
  others: readonly Placement[],
  cutOuts: CutOuts,
  dice: Dice,
): Promise<Placement> {
  const suitable = thing.places.filter((place) => zones[place] !== undefined);
  const where = dice.pick(suitable.length > 0 ? suitable : (Object.keys(zones) as Place[]));
  const [from, to] = zones[where] ?? [0, pictureSize];
  const floats = where === 'air' || thing.places[0] === 'air';
  const file = dice.pick(thing.files);
  const mirrored = dice.chance(0.5);
  let best: { placement: Placement; hidden: number } | undefined;
  for (let tries = 0; tries < 8; tries++) {
    const line = dice.between(from, to);
    const near = (line - from) / Math.max(1, to - from);
    const [small, large] = sizes[where];
    const size = dice.between(small, large) * (floats ? 1 : 0.8 + 0.35 * near);
    const cutOut = await cutOuts.scaled(file, Math.round(size), mirrored);
    const left = Math.round(dice.between(-0.12 * cutOut.width, pictureSize - 0.88 * cutOut.width));
    const middle = floats || where === 'water' ? 0.5 : 1;
    const top = Math.round(Math.max(-0.1 * cutOut.height, line - cutOut.height * middle));
    const placement = { thing, cutOut, left, top, standing: middle === 1 };
    const hidden = Math.max(0, ...others.map((other) => overlap(placement, other)));
    if (best === undefined || hidden < best.hidden) best = { placement, hidden };
    if (hidden < 0.2) break;
  }
  if (best === undefined) throw new Error(`${thing.name} found no place.`);
  return best.placement;
}

/** Longer side of a thing by its place, in pixels: smallest and largest. */
const sizes: Readonly<Record<Place, readonly [number, number]>> = {
  land: [75, 145],
  room: [80, 150],
  table: [65, 125],
  air: [65, 125],
  water: [75, 135],
};

/** The share of the smaller rectangle that lies in the other. */
function overlap(a: Placement, b: Placement): number {
  const width = Math.min(a.left + a.cutOut.width, b.left + b.cutOut.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.cutOut.height, b.top + b.cutOut.height) - Math.max(a.top, b.top);
  const smaller = Math.min(a.cutOut.width * a.cutOut.height, b.cutOut.width * b.cutOut.height);
  return (Math.max(0, width) * Math.max(0, height)) / smaller;
}

/** Draws a thing with its shadow; returns how many pixels it would have if nothing hid it. */
function draw(canvas: Canvas, { thing, cutOut, left, top, standing }: Placement, light: Rgb): number {
  const { width, height, rgba } = cutOut;
  if (standing) shadow(canvas, left + width / 2, top + height - 2, width * 0.46);
  let area = 0;
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const at = 4 * (v * width + u);
      const alpha = rgba[at + 3] / 255;
      if (alpha >= 0.5) area++;
      const [x, y] = [left + u, top + v];
      if (x < 0 || x >= pictureSize || y < 0 || y >= pictureSize) continue;
      const color: Rgb = [rgba[at] * light[0], rgba[at + 1] * light[1], rgba[at + 2] * light[2]];
      canvas.blend(x, y, color, alpha, thingNumber(thing));
    }
  }
  return area;
}

function shadow(canvas: Canvas, middle: number, ground: number, radius: number): void {
  const flat = radius * 0.2;
  for (let y = Math.max(0, Math.floor(ground - flat)); y < Math.min(pictureSize, ground + flat); y++) {
    for (let x = Math.max(0, Math.floor(middle - radius)); x < Math.min(pictureSize, middle + radius); x++) {
      const distance = Math.hypot((x - middle) / radius, (y - ground) / flat);
      canvas.blend(x, y, [20, 20, 30], 0.38 * Math.max(0, 1 - distance), 0);
    }
  }
}
