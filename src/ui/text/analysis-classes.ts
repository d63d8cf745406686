import type { ClassAnalysis, ClassUnits } from '../../engine/analysis/class-units.ts';
import { countText, iouText, plural, signedText } from './numbers.ts';

/** Which units make the classes, in a sentence: how many stand out, and how many of them are explained. */
export function classesAnswer({ classes }: Pick<ClassAnalysis, 'classes'>): string {
  const ious = new Map(classes.flatMap(({ push, hold }) => [...push, ...hold].map(({ unit, iou }) => [unit, iou])));
  if (ious.size === 0) return 'All weights are 0: no unit moves any class.';
  const explained = [...ious.values()].filter((iou) => iou !== null);
  const mean = explained.reduce((sum, iou) => sum + iou, 0) / Math.max(1, explained.length);
  const known =
    explained.length === 0
      ? 'none of them is explained'
      : `${countText(explained.length)} of them are explained, with a mean IoU of ${iouText(mean)}`;
  return `${plural(ious.size, 'unit')} ${ious.size === 1 ? 'has' : 'have'} a weight that stands out for one of the ${plural(classes.length, 'class', 'classes')}; ${known}.`;
}

/** What moves a class most, in a sentence: `Unit 12 pushes it most (+1.204), unit 7 holds it back most (−0.911).` */
export function classText({ push, hold }: Pick<ClassUnits, 'push' | 'hold'>): string {
  const [most, least] = [push.at(0), hold.at(0)];
  const parts = [
    ...(most ? [`unit ${most.unit} pushes it most (${signedText(most.weight)})`] : []),
    ...(least ? [`unit ${least.unit} holds it back most (${signedText(least.weight)})`] : []),
  ];
  const text = parts.join(', ');
  return text === '' ? 'No unit has a weight for it.' : `${text[0].toUpperCase()}${text.slice(1)}.`;
}
