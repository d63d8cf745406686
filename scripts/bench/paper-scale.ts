import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvParse } from 'd3-dsv';
import { makeCellTable, type CellTable } from '../../src/engine/cells/cell-table.ts';
import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import { Dice } from '../../src/probing/scenes/random.ts';

/** Sizes of Broden's ADE20K subset: 1,105 concepts on 112 x 112 positions a picture. */
const side = 112;
const colors = 11;
const scenes = 470;
const parts = 144;
const conceptCount = 1105;
const objects = conceptCount - colors - scenes - parts;
const firstObject = colors;
const firstPart = firstObject + objects;
const firstScene = firstPart + parts;

/** What a row of the index says of a picture. */
interface IndexRow {
  /** 0 to 469. */
  readonly scene: number;
  readonly partFiles: number;
}

/** A cell table of the paper's size, and the way back from pictures to cells that run lengths and dense bitsets need. */
export interface PaperScale {
  readonly table: CellTable;
  /** Whether scenes and part files are those of the real index, or drawn alike. */
  readonly source: string;
  readonly imageCount: number;
  /** `[images + 1]` where each picture's rows start. */
  readonly rowStart: Uint32Array;
  /** Cell of each row. */
  readonly rowCell: Uint32Array;
  /** Positions of each row. */
  readonly rowSize: Uint16Array;
}

/** The real index of Broden's ADE20K subset where it is at hand, else rows drawn with its proportions. */
function indexRows(dice: Dice): { rows: readonly IndexRow[]; source: string } {
  const file = join(process.env['FORMULENS_REAL'] ?? '', 'index_ade20k.csv.gz');
  if (process.env['FORMULENS_REAL'] && existsSync(file)) {
    const sceneOf = new Map<string, number>();
    const rows = csvParse(gunzipSync(readFileSync(file)).toString()).map((row) => {
      const scene = sceneOf.get(row['scene']) ?? sceneOf.size;
      sceneOf.set(row['scene'], scene);
      return { scene: scene % scenes, partFiles: row['part'] === '' ? 0 : row['part'].split(';').length };
    });
    return { rows, source: 'the real index of 22,210 rows' };
  }
  const rows = Array.from({ length: 22_210 }, () => ({
    scene: skewed(dice, scenes),
    partFiles: dice.chance(0.52) ? 1 + skewed(dice, 3) : 0,
  }));
  return { rows, source: '22,210 rows drawn with the proportions of the real index (FORMULENS_REAL is not set)' };
}

/** A number below `count`, small ones far more often, as names of things occur. */
const skewed = (dice: Dice, count: number): number => Math.floor(count * dice.unit() ** 3);

/** Splits `total` positions into `shares` pieces of very different sizes, each at least 1. */
function split(dice: Dice, total: number, shares: number): number[] {
  const weights = Array.from({ length: shares }, () => 0.02 + dice.unit() ** 3);
  const sum = weights.reduce((a, b) => a + b, 0);
  const pieces = weights.map((weight) => Math.max(1, Math.floor((weight / sum) * (total - shares))));
  pieces[0] += total - pieces.reduce((a, b) => a + b, 0);
  return pieces;
}

/** Builds the table: each picture has its scene, objects typical of the scene, parts on some of them, and colors on all. */
export function paperScale(seed: number): PaperScale {
  const dice = new Dice(seed);
  const { rows, source } = indexRows(dice);
  const typical = Array.from({ length: scenes }, () => Array.from({ length: 40 }, () => skewed(dice, objects)));
  const cellOf = new Map<string, number>();
  const signatures: number[] = [];
  const signatureStart: number[] = [0];
  const n: number[] = [];
  const rowStart = new Uint32Array(rows.length + 1);
  const rowCell: number[] = [];
  const rowSize: number[] = [];
  const put = (signature: readonly number[], size: number): void => {
    const key = String.fromCharCode(...signature);
    let cell = cellOf.get(key);
    if (cell === undefined) {
      cell = n.length;
      cellOf.set(key, cell);
      n.push(0);
      signatures.push(...signature);
      signatureStart.push(signatures.length);
    }
    n[cell] += size;
    rowCell.push(cell);
    rowSize.push(size);
  };
  for (const [image, row] of rows.entries()) {
    const scene = firstScene + row.scene;
    const shown = new Set<number | undefined>([undefined]);
    const count = dice.whole(6, 17);
    for (let i = 0; i < count; i++)
      shown.add(dice.chance(0.75) ? dice.pick(typical[row.scene]) : skewed(dice, objects));
    const shownObjects = [...shown];
    let partFiles = row.partFiles;
    for (const [i, size] of split(dice, side * side, shownObjects.length).entries()) {
      const object = shownObjects[i];
      const base = object === undefined ? [] : [firstObject + object];
      // A part belongs to its object: an object has its own few.
      const part =
        object !== undefined && partFiles > 0 && size > 60
          ? [firstPart + ((object * 7 + dice.whole(0, 3)) % parts)]
          : [];
      if (part.length > 0) partFiles--;
      const pieces = part.length > 0 ? [Math.floor(size * 0.7), size - Math.floor(size * 0.7)] : [size];
      for (const [j, piece] of pieces.entries()) {
        const hues = Math.min(piece, dice.whole(1, 5));
        const used = new Set<number>();
        while (used.size < hues) used.add(skewed(dice, colors));
        for (const [k, part0] of split(dice, piece, hues).entries()) {
          put([[...used][k], ...base, ...(j === 1 ? part : []), scene], part0);
        }
      }
    }
    rowStart[image + 1] = rowCell.length;
  }
  const table = makeCellTable({
    conceptCount,
    n: Uint32Array.from(n),
    signatureStart: Uint32Array.from(signatureStart),
    signatures: Uint16Array.from(signatures),
  });
  return {
    table,
    source,
    imageCount: rows.length,
    rowStart,
    rowCell: Uint32Array.from(rowCell),
    rowSize: Uint16Array.from(rowSize),
  };
}

/**
 * A unit that fires on about 0.5 % of all positions: mostly where a few concepts are, sometimes anywhere.
 */
export function paperUnit({ table }: PaperScale, unit: number): UnitCounts {
  const dice = new Dice(7_000 + unit);
  const goal = table.positionCount * 0.005;
  const perCell = new Map<number, number>();
  let area = 0;
  const fire = (cell: number, share: number): void => {
    const count = Math.min(table.n[cell] - (perCell.get(cell) ?? 0), Math.ceil(table.n[cell] * share));
    if (count <= 0) return;
    perCell.set(cell, (perCell.get(cell) ?? 0) + count);
    area += count;
  };
  for (let tries = 0; area < goal * 0.8 && tries < 12; tries++) {
    const concept = firstObject + skewed(dice, conceptCount - firstObject);
    const cells = table.postings.subarray(table.postingStart[concept], table.postingStart[concept + 1]);
    const share = 0.2 + 0.5 * dice.unit();
    for (const cell of cells) if (area < goal * 0.8 && dice.chance(0.6)) fire(cell, share * dice.unit());
  }
  while (area < goal) fire(dice.whole(0, table.cellCount - 1), 0.3 * dice.unit());
  return { cells: Uint32Array.from(perCell.keys()), counts: Uint32Array.from(perCell.values()), area, firing: 0 };
}
