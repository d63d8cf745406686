import { describePreprocessing } from '../onnx/preprocess.ts';
import type { Preprocessing } from '../jobs/api.ts';

/** Preprocessing as results keep it, in one line for people; empty where it is not in the form this version knows. */
export function preprocessingText(stored: unknown): string {
  const known =
    typeof stored === 'object' && stored !== null && 'mean' in stored && 'std' in stored && 'scale' in stored;
  return known ? describePreprocessing(stored as Preprocessing) : '';
}
