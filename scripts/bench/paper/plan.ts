import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvParse } from 'd3-dsv';
import { Dice, diceFor } from '../../../src/probing/scenes/random.ts';

/** Size of what is generated. */
export interface PaperPlan {
  readonly pictures: number;
  readonly units: number;
  readonly concepts: number;
}

/** Broden's ADE20K subset and ResNet-18's layer4, as the paper has them (Mu & Andreas, section 3; docs/method.md). */
export const paperPlan: PaperPlan = { pictures: 22_210, units: 512, concepts: 1105 };

/** Positions a side of a mask, and values a side of a unit's map. */
export const SIDE = 112;
export const MAP = 7;

/** A picture of the index: its scene, and how many part masks it has. */
export interface PaperRow {
  readonly scene: number;
  readonly partFiles: number;
}

/** How the concepts are shared out among the categories, in the proportions of the index: 11, 480, 144 and 470 of 1,105. */
export interface Vocabulary {
  readonly colors: number;
  readonly objects: number;
  readonly parts: number;
  readonly scenes: number;
}

/** Shares concepts out: the colors stay 11, the rest shrinks in proportion. */
export function vocabularyOf(concepts: number): Vocabulary {
  const colors = 11;
  const share = (concepts - colors) / (1105 - colors);
  const parts = Math.round(144 * share);
  const scenes = Math.round(470 * share);
  return { colors, parts, scenes, objects: concepts - colors - parts - scenes };
}

/** Rows with the scenes and part files of the real index where it is at hand, else drawn with its proportions; what they are, in words. */
export function paperRows({ pictures, concepts }: PaperPlan): {
  readonly rows: readonly PaperRow[];
  readonly source: string;
} {
  const { scenes } = vocabularyOf(concepts);
  const folder = process.env['FORMULENS_REAL'];
  const file = join(folder ?? '', 'index_ade20k.csv.gz');
  if (folder && existsSync(file)) {
    const numbers = new Map<string, number>();
    const rows = csvParse(gunzipSync(readFileSync(file)).toString()).map((row): PaperRow => {
      const scene = numbers.get(row['scene']) ?? numbers.size;
      numbers.set(row['scene'], scene);
      return { scene: scene % scenes, partFiles: row['part'] === '' ? 0 : row['part'].split(';').length };
    });
    return { rows: rows.slice(0, pictures), source: 'scenes and part files of the real index of 22,210 rows' };
  }
  const dice = new Dice(22_210);
  const rows = Array.from({ length: pictures }, () => ({
    scene: skewed(dice, scenes),
    partFiles: dice.chance(0.52) ? 1 + skewed(dice, 3) : 0,
  }));
  return { rows, source: 'rows drawn with the proportions of the real index (FORMULENS_REAL is not set)' };
}

/** A number below `count`, small ones far more often, as names of things occur. */
export const skewed = (dice: Dice, count: number): number => Math.floor(count * dice.unit() ** 3);

/** Objects that a scene mostly shows. */
export function typicalObjects(scene: number, { objects }: Vocabulary): readonly number[] {
  const dice = diceFor(470, scene);
  return Array.from({ length: 40 }, () => skewed(dice, objects));
}

/** Base name of a picture's files. */
export const baseName = (picture: number): string => `paper/P_${String(picture).padStart(5, '0')}`;
