import type { AnalysisView } from '../../../state/route.ts';

/** An analysis in the list of all. */
export interface ViewEntry {
  readonly view: AnalysisView;
  /** Word or two for its tab. */
  readonly label: string;
  /** What it answers: the screen's title. */
  readonly question: string;
}

/** The analyses in the order of the tabs. */
export const views: readonly ViewEntry[] = [
  { view: 'lengths', label: 'Length', question: 'How much do longer formulas explain?' },
  { view: 'kinds', label: 'Kinds', question: 'What kinds of units are there?' },
  { view: 'formulas', label: 'Variety', question: 'How varied are the formulas?' },
  { view: 'accuracy', label: 'Accuracy', question: 'Are the units we can explain the ones that work?' },
  { view: 'classes', label: 'Classes', question: 'Which units make each class?' },
  { view: 'layers', label: 'Layers', question: 'What are the units made of?' },
  { view: 'ablation', label: 'Ablation', question: 'What does the model lose without a unit?' },
  { view: 'measures', label: 'Measures', question: 'How well does a formula tell its unit, by other measures?' },
];
