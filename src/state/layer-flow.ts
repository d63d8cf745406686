import { unitIous, unitsOfClass } from '../engine/analysis/class-units.ts';
import type { ClassLinks } from '../engine/analysis/class-units.ts';
import { strongest } from '../engine/contributions/contributions.ts';
import type { Contribution, ContributionMeasure } from '../engine/contributions/contributions.ts';
import { flowDown, flowFrom, lowest } from '../engine/contributions/flow.ts';
import type { Flow } from '../engine/contributions/flow.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { LayerStudy, StudiedLayer } from './layer-study.ts';
import type { WorkOptions } from './task.svelte.ts';

/** What a flow through layers starts from: a class, with how classes and units go together, or a unit of the uppermost layer. */
export type FlowStart =
  | { readonly kind: 'class'; readonly place: number; readonly links: ClassLinks }
  | { readonly kind: 'unit'; readonly unit: number };

/** What a flow is to be made of. */
export interface FlowQuestion {
  readonly start: FlowStart;
  /** The layer of the units that make the class, or of the unit. */
  readonly top: StudiedLayer;
  /** Layers below, the nearest first. */
  readonly below: readonly StudiedLayer[];
  /** Units that each node leads to at most. */
  readonly width: number;
  readonly by: ContributionMeasure;
}

/** A flow with what its levels are. */
export interface MadeFlow extends Pick<FlowQuestion, 'start' | 'by' | 'width'> {
  readonly flow: Flow;
  /** Results behind each level; null for a class. */
  readonly levels: readonly (LayerResults | null)[];
  /** Why it ends above the lowest layer asked for, in a sentence; null where it does not. */
  readonly ended: { readonly reason: string; readonly needsModel: boolean } | null;
}

/**
 * Makes a flow from a class or a unit down through layers. Only units that are explained have a place in it: by a class the units that push it
 * most, then their strongest contributors in each layer.
 */
export async function makeFlow(
  study: LayerStudy,
  { start, top, below, width, by }: FlowQuestion,
  { onProgress, signal }: WorkOptions,
): Promise<MadeFlow> {
  let flow = flowFrom(start.kind === 'class' ? start.place : start.unit);
  const levels: (LayerResults | null)[] = [start.kind === 'class' ? null : top.results];
  let upper = top;
  if (start.kind === 'class') {
    const explained = explainedOf(top.results);
    const { push } = unitsOfClass(start.links, start.place, unitIous(top.results));
    const units: readonly Contribution[] = push.filter(({ unit }) => explained.has(unit)).slice(0, width);
    flow = flowDown(flow, [units]);
    levels.push(top.results);
  }
  const made = (ended: MadeFlow['ended']): MadeFlow => ({ start, by, width, flow, levels, ended });
  if (flow.nodes.length < levels.length) {
    return made({ reason: 'No explained unit of this layer goes with the class.', needsModel: false });
  }
  for (const [done, lower] of below.entries()) {
    onProgress(done, below.length);
    const units = lowest(flow).map(({ number }) => number);
    const answer = await study.contributions({ upper, lower, by }, units, signal);
    if (answer.kind === 'none') return made({ reason: answer.reason, needsModel: answer.needsModel });
    const explained = explainedOf(lower.results);
    const found = answer.values.map((values) => {
      const known = values.map((value, unit) => (explained.has(unit) ? value : NaN));
      return strongest(known, width).contributors;
    });
    const next = flowDown(flow, found);
    if (next.nodes.length === flow.nodes.length) {
      return made({ reason: 'No explained unit of the next layer contributes to these.', needsModel: false });
    }
    flow = next;
    levels.push(lower.results);
    upper = lower;
  }
  return made(null);
}

function explainedOf({ units }: LayerResults): ReadonlySet<number> {
  return new Set(units.flatMap(({ unit, best }) => (best ? [Number(unit)] : [])));
}
