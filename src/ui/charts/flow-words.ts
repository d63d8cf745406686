import type { FlowLink, FlowNode } from '../../engine/contributions/flow.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import { formulaText } from '../../engine/formula/print.ts';
import type { MadeFlow } from '../../state/layer-flow.ts';
import { conceptName } from '../../figures/text/concept-name.ts';
import { contributionWords, namedContribution } from '../text/contributions.ts';
import { iouText, shareText } from '../../figures/text/numbers.ts';
import type { ChartTable } from '../../figures/charts/chart.ts';

/** Name of the layer that results are of. */
export const layerName = ({ activations }: LayerResults): string =>
  activations.kind === 'model' ? activations.layer : activations.name;

/** What stands at a node, and what it says when asked. */
export interface NodeWords {
  /** `Unit 12`, or a class's name. */
  readonly name: string;
  /** The formula; empty of a class, and of a unit without one. */
  readonly formula: string;
  /** All of it, with IoU and share. */
  readonly told: string;
}

/** The words of a flow: of its columns, its nodes and its links. */
export class FlowWords {
  readonly #made: MadeFlow;
  readonly #units: readonly ReadonlyMap<number, UnitExplanation>[];

  constructor(made: MadeFlow) {
    this.#made = made;
    this.#units = made.levels.map(
      (results) => new Map(results?.units.map((explanation) => [Number(explanation.unit), explanation])),
    );
  }

  /** Name of what the flow starts from. */
  get start(): string {
    return this.node(this.#made.flow.nodes[0]).name;
  }

  /** Name of a column: the layer, or that it is a class. */
  column(level: number): string {
    const results = this.#made.levels[level];
    return results ? layerName(results) : 'Class';
  }

  node({ level, number, share }: FlowNode): NodeWords {
    const { start, levels } = this.#made;
    const results = levels[level];
    if (!results) {
      const name = start.kind === 'class' ? start.links.names[number] : String(number);
      return { name, formula: '', told: `Class ${name}` };
    }
    const name = `Unit ${number}`;
    const best = this.#units[level].get(number)?.best;
    const formula = best ? formulaText(best.formula, (id) => conceptName(results.concepts[id])) : '';
    const known = best ? `: ${formula}. IoU ${iouText(best.iou)}` : ', no formula';
    const part = level === 0 ? '' : `; ${shareText(share)} of ${this.start} comes to it`;
    return { name, formula, told: `${name} of ${layerName(results)}${known}${part}` };
  }

  /** A link's number: of a class by its own measure. */
  value({ from, value }: FlowLink): string {
    const { start, by, levels, flow } = this.#made;
    const ofClass = levels[flow.nodes[from].level] === null;
    const measure = ofClass && start.kind === 'class' ? start.links.by : by;
    return namedContribution(value, measure);
  }

  link(link: FlowLink): string {
    const { nodes } = this.#made.flow;
    const [upper, lower] = [this.node(nodes[link.from]).name, this.node(nodes[link.to]).name];
    return `${upper}, made of ${lower}: ${this.value(link)}, ${shareText(link.share)} of ${this.start}`;
  }

  /** The links as a table, a row each. */
  table(): ChartTable {
    const { flow, start, by, levels } = this.#made;
    const rows = flow.links.map((link) => {
      const [upper, lower] = [flow.nodes[link.from], flow.nodes[link.to]];
      const measure = levels[upper.level] === null && start.kind === 'class' ? start.links.by : by;
      const [one, other] = [this.node(upper), this.node(lower)];
      const iou = this.#units[lower.level].get(lower.number)?.best?.iou ?? null;
      return [
        ...[one.name, this.column(upper.level), other.name, this.column(lower.level)],
        ...[contributionWords[measure].name, link.value, link.share, other.formula, iou],
      ];
    });
    const columns = ['From', 'Of', 'Made of', 'Of layer', 'By', 'Number', 'Share', 'Formula', 'IoU'];
    return { columns, rows };
  }
}
