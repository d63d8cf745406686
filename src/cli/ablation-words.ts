import type { AblationAnalysis } from '../engine/ablation/ablation-analysis.ts';
import type { OutcomeShares } from '../engine/ablation/outcome-tally.ts';
import type { Share } from '../engine/ablation/share.ts';

/** What switching units off found, a line each: each unit alone, pruning, formulas in place of units. */
export function ablationWords(analysis: AblationAnalysis): readonly string[] {
  return [unitWords(analysis), ...pruningWords(analysis), formulaWords(analysis)];
}

function unitWords({ units: { units, beyondChance }, samples, leftOut, whole, operators }: AblationAnalysis): string {
  const left = leftOut > 0 ? ` (${leftOut} more do not fit)` : '';
  const [most] = units;
  const worst =
    units.length === 0
      ? ''
      : most.becameWrong + most.becameRight === 0
        ? ` Off alone, none turns a right answer or a wrong one; unit ${most.unit} changes ${(100 * most.changed).toFixed(1)} % of the predictions.`
        : ` Off alone, unit ${most.unit} costs most: ${most.becameWrong} become wrong, ${most.becameRight} right.`;
  const sure = ` ${beyondChance} of ${units.length} units change more than chance would.`;
  return `Switched off, on ${samples} samples${left}, through ${operators.behind} of ${operators.all} operators: all on, ${outcome(whole)}.${worst}${sure}`;
}

function pruningWords({ pruning }: AblationAnalysis): readonly string[] {
  return pruning.map(({ pool, unitCount, measure, curves, random }) => {
    const areas = curves.map(({ order, area, p }) => {
      const chance = p === null ? '' : `, p = ${p.toPrecision(2)}`;
      return `${order} interpretable first ${area.toFixed(3)}${chance}`;
    });
    const sum = random.areas.reduce((total, area) => total + area, 0);
    const what = measure === 'right' ? 'right predictions' : 'unchanged predictions';
    const pooled = pool === 'all' ? `${unitCount} units` : `the ${unitCount} explained units`;
    return `Pruned, ${pooled}, area under the curve of ${what}: ${areas.join('; ')}; at random ${(sum / random.areas.length).toFixed(3)}.`;
  });
}

function formulaWords({ formulas }: AblationAnalysis): string {
  if (!formulas) return 'Formulas alone: no unit is explained.';
  const list = formulas.lengths.map(({ length, alone, withOthers }) => {
    const others = withOthers ? `, with the units that have none ${outcome(withOthers)}` : '';
    return `up to length ${length}, ${outcome(alone)}${others}`;
  });
  const { explainedOnly, nothing } = formulas;
  return `Formulas alone, in place of ${formulas.explained} of ${formulas.unitCount} units: ${list.join('; ')}. Explained units themselves: ${outcome(explainedOnly)}; no units: ${outcome(nothing)}.`;
}

/** Right predictions, or, where nothing is known of these, unchanged ones. */
function outcome({ right, same }: OutcomeShares): string {
  return right.of > 0 ? `${counted(right)} right` : `${counted(same)} unchanged`;
}

const counted = ({ hits, of, share }: Share): string =>
  `${hits} of ${of}${share === null ? '' : ` (${(100 * share).toFixed(1)} %)`}`;
