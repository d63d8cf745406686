import { defaultSettings } from '../../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../../src/engine/results/explanation.ts';

/** The paper's setting: quantile 0.005, formulas up to length 10, beam 10. */
export const paperSettings: ExplainSettings = { ...defaultSettings, length: 10, beam: 10 };
