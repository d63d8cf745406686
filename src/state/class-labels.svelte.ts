import { untrack } from 'svelte';
import { matchLabels } from '../engine/analysis/class-match.ts';
import type { LabelChoice, LabelMatch } from '../engine/analysis/class-match.ts';
import type { GoldSource } from '../engine/analysis/gold-labels.ts';
import { readClassNames } from '../engine/results/class-names-file.ts';
import type { Fault } from '../engine/fault.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import { loadClassList } from './class-lists.ts';
import type { ClassList } from './class-lists.ts';
import { asChosen, choiceOf, choose, originsOf, withCorrection } from './label-choices.ts';
import type { TakenLabels } from './label-choices.ts';
import { Latest } from './latest.svelte.ts';
import { toFault } from './to-fault.ts';

/** Gold labels as the probing set has them. */
interface OwnGold {
  readonly source: GoldSource | null;
  readonly labels: readonly (string | null)[];
}

/**
 * Gold labels and names of classes of the results shown, and how they are matched: as the probing set and the model have them, or as a person
 * chose on this visit.
 */
export class ClassLabels {
  /** The results with the chosen names, to be analysed; null until {@link follow}. */
  results: LayerResults | null = $state.raw(null);
  /** Why the last file or list was not taken. */
  fault: Fault | null = $state.raw(null);
  /** The file of gold labels in use; null: the probing set's own. */
  labelsFrom: TakenLabels | null = $state.raw(null);
  /** The file or the list of names in use; null: the model's own. */
  namesFrom: string | null = $state.raw(null);
  readonly #own = new Latest<OwnGold>();
  #shown: LayerResults | null = null;
  #evidence: Evidence | null = null;
  #asked = $state(0);

  /** Where the probing set's own gold labels come from; undefined while they are read. */
  get source(): GoldSource | null | undefined {
    return this.#ownGold?.source;
  }

  /** Why the probing set's own gold labels are not known. */
  get sourceFault(): Fault | null {
    return this.#own.fault;
  }

  /** Names of the classes, in the order of the model's output. */
  get names(): readonly string[] {
    return this.results?.classes?.names ?? [];
  }

  /** Which class each gold label stands for; undefined while the labels are read. */
  readonly matches: readonly LabelMatch[] | undefined = $derived.by(() => {
    const { results } = this;
    if (!results?.classes) return undefined;
    const { gold = this.#ownGold?.labels, corrections } = choiceOf(results);
    return gold && matchLabels(gold, results.classes.names, corrections);
  });

  /** Whether anything is chosen. */
  readonly changed: boolean = $derived.by(
    () => this.results !== null && Object.keys(choiceOf(this.results)).length > 0,
  );

  /** Takes what is shown; to be called from an effect. */
  follow(results: LayerResults, evidence: Evidence): void {
    untrack(() => {
      if (results !== this.#shown) {
        this.#asked += 1;
        this.fault = null;
        const { labels, names } = originsOf(results);
        this.labelsFrom = labels;
        this.namesFrom = names;
        this.results = asChosen(results);
      }
      this.#shown = results;
      this.#evidence = evidence;
      const key = String(this.#asked);
      const ask = async (): Promise<OwnGold> => {
        const [source, labels] = await Promise.all([evidence.goldSource(), evidence.goldLabels()]);
        return { source, labels };
      };
      this.#own.ask(results.classes ? { key, topic: key, ask } : null);
    });
  }

  /** Reads gold labels of the samples out of a file. */
  takeLabels(file: File): Promise<void> {
    return this.#trying((evidence) => this.#labelled(file, evidence));
  }

  /** Reads names of the classes out of a file. */
  takeNames(file: File): Promise<void> {
    return this.#trying(() => this.#namesOf(file));
  }

  /** Takes the names of a list that comes with the page. @param base address of the page */
  takeList(list: ClassList, base: string): Promise<void> {
    return this.#trying(async () => this.#named(await loadClassList(list, base), list.title));
  }

  /** Takes a file that was dropped: labels, or else names. */
  takeDropped(file: File): Promise<void> {
    return this.#trying(async (evidence) => {
      const start = await file.slice(0, 64).text();
      if (/^\s*[[{]/.test(start)) return this.#namesOf(file);
      try {
        return await this.#labelled(file, evidence);
      } catch (error) {
        // Neither rows of samples nor a line for each: then it may be a line for each class.
        const named = toFault(error).code === 'labels/count' ? await this.#namesOf(file).catch(() => null) : null;
        if (!named) throw error;
        return named;
      }
    });
  }

  /** Says which class a label stands for. @param place null: none; undefined: what is found by itself */
  correct(label: string, place: number | null | undefined): void {
    if (!this.results) return;
    const { corrections } = choiceOf(this.results);
    this.#choose({ corrections: withCorrection(corrections, label, place) });
  }

  /** Back to the model's own names. */
  ownNames(): void {
    this.#named(undefined, null)();
  }

  /** Back to the probing set's own gold labels. */
  ownLabels(): void {
    this.labelsFrom = null;
    this.#choose({ gold: undefined, corrections: undefined });
  }

  /** Those of the results shown. */
  get #ownGold(): OwnGold | undefined {
    const { answer } = this.#own;
    return answer?.key === String(this.#asked) ? answer.value : undefined;
  }

  async #labelled(file: File, evidence: Evidence): Promise<() => void> {
    const { labels, labelled, unknown } = await evidence.readLabels(file);
    return () => {
      this.labelsFrom = { file: file.name, labelled, unknown };
      // What was said of other labels says nothing of these.
      this.#choose({ gold: labels, corrections: undefined });
    };
  }

  async #namesOf(file: File): Promise<() => void> {
    return this.#named(readClassNames(await file.text(), file.name, this.names.length), file.name);
  }

  #named(names: readonly string[] | undefined, from: string | null): () => void {
    return () => {
      this.namesFrom = from;
      this.#choose({ names });
    };
  }

  /** @param change undefined takes a part of the choice back */
  #choose(change: { readonly [Part in keyof LabelChoice]: LabelChoice[Part] | undefined }): void {
    const { results } = this;
    const shown = this.#shown;
    if (!results || !shown) return;
    const merged = Object.entries({ ...choiceOf(results), ...change }).filter(([, part]) => part !== undefined);
    this.fault = null;
    const origins = { labels: this.labelsFrom, names: this.namesFrom };
    this.results = choose(shown, Object.fromEntries(merged), origins);
  }

  /** Prepares a change and makes it, unless other results are shown by then. */
  async #trying(prepare: (evidence: Evidence) => Promise<() => void>): Promise<void> {
    const shown = this.#shown;
    if (!this.#evidence) return;
    try {
      const change = await prepare(this.#evidence);
      if (shown === this.#shown) change();
    } catch (error) {
      if (shown === this.#shown) this.fault = toFault(error);
    }
  }
}
