import type { Grid } from '../../engine/concepts.ts';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import type { Evidence } from '../../state/app-state.svelte.ts';
import type { ReportPicture } from '../../state/report.ts';
import { drawReportPicture } from './draw-report-picture.ts';

const style = { opacity: 0.45, outlineOnly: false };

/**
 * The pictures of one unit for a report: its strongest samples with the unit's mask and the formula's. Masks that are not kept are
 * left out.
 *
 * @param count pictures at most
 */
export async function unitPictures(
  evidence: Evidence,
  { unit, threshold, best, top }: UnitExplanation,
  grid: Grid,
  count: number,
): Promise<readonly ReportPicture[]> {
  const pictures: ReportPicture[] = [];
  for (const { sample } of top.slice(0, count)) {
    const [url, caption, unitMask, formulaMask] = await Promise.all([
      evidence.thumbnail(sample),
      evidence.sampleName(sample),
      threshold === null ? null : evidence.unitMask(unit, sample, threshold).catch(() => null),
      best === null ? null : evidence.formulaMask(best.formula, sample).catch(() => null),
    ]);
    const drawing = { kind: 'masks', unit: unitMask, formula: formulaMask, style } as const;
    pictures.push({ src: await drawReportPicture(url, grid, drawing), caption });
  }
  return pictures;
}
