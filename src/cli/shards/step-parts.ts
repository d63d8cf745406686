import { openActivationPart, type ActivationPart } from '../../engine/activation/activation-part.ts';
import { checkActivationPart } from '../../engine/activation/check-activation-part.ts';
import { demand } from '../../engine/bits/check.ts';
import { openCellPart, type CellPart } from '../../engine/cells/cell-part.ts';
import { checkCellPart } from '../../engine/cells/check-cell-part.ts';
import type { ShardManifest, ShardStep } from './manifest.ts';
import { readPart } from './part-file.ts';

/** Cells and activations of a step. */
export interface StepParts {
  readonly cells: CellPart;
  readonly activations: ActivationPart;
}

/** Reads the cells of a step. @throws Error with what is wrong, if they are damaged or not what the manifest says */
export async function readStepCells(folder: string, manifest: ShardManifest, step: ShardStep): Promise<CellPart> {
  const part = openCellPart(await readPart(folder, step.cells));
  checkCellPart(part);
  const { grid, sampleCount } = manifest.question.probing;
  const { cells } = step;
  demand(part.grid.height === grid.height && part.grid.width === grid.width, `${cells.file} has another grid`);
  demand(part.conceptCount === manifest.question.concepts.length, `${cells.file} has other concepts`);
  demand(part.sampleCount === sampleCount && hasSamples(part.samples, step), `${cells.file} has other samples`);
  return part;
}

/** Reads the activations of a step. @throws Error with what is wrong, if they are damaged or not what the manifest says */
export async function readStepActivations(
  folder: string,
  { question, layer }: ShardManifest,
  step: ShardStep,
): Promise<ActivationPart> {
  const part = openActivationPart(await readPart(folder, step.activations));
  checkActivationPart(part);
  const { file } = step.activations;
  const { sampleCount } = question.probing;
  const sizes = layer?.sizes;
  const isSame =
    part.unitCount === sizes?.unitCount &&
    part.height === sizes.height &&
    part.width === sizes.width &&
    part.keptQuantile === sizes.keptQuantile;
  demand(isSame, `${file} is of another layer`);
  demand(part.sampleCount === sampleCount && part.samplesToRead === sampleCount, `${file} is of another run`);
  demand(hasSamples(part.samples, step), `${file} has other samples`);
  return part;
}

const hasSamples = (samples: Uint32Array, { first, count }: ShardStep): boolean =>
  samples.length === count && samples.every((sample, i) => sample === first + i);
