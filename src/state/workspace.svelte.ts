import type { LayerResults } from '../engine/results/layer-results.ts';
import { Fault } from '../engine/fault.ts';
import type {
  DroppedFile,
  Evidence,
  OpenedActivations,
  OpenedModel,
  OpenedProbing,
  RecentResults,
  RunRequest,
  SampleName,
  Workbench,
} from '../jobs/api.ts';
import { defaultPageSettings } from './defaults.ts';
import type { PageSettings } from './defaults.ts';
import { InputChoice } from './input-choice.svelte.ts';
import { Run } from './run.svelte.ts';
import { Slot } from './slot.svelte.ts';
import { sortDrop } from './sort-drop.ts';
import { toFault } from './to-fault.ts';

/** What is open, what runs, and what is shown. The one place that talks to the workbench. */
export class Workspace {
  readonly #workbench: Workbench;
  readonly model = new Slot<OpenedModel>();
  readonly probing = new Slot<OpenedProbing>();
  readonly activations = new Slot<OpenedActivations>();
  readonly input = new InputChoice();
  /** Sentences about the last drop's files that were left aside. */
  aside: readonly string[] = $state.raw([]);
  run: Run | null = $state.raw(null);
  results: LayerResults | null = $state.raw(null);
  evidence: Evidence | null = $state.raw(null);
  /** Why kept results could not be shown. */
  resultsFault: Fault | null = $state.raw(null);
  loadingKey: string | null = $state(null);
  recent: readonly RecentResults[] = $state.raw([]);
  /** Sample whose card was clicked and is being opened. */
  openingSample: SampleName | null = $state(null);

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** What keeps a run from starting, by the card it belongs to, a sentence each. */
  readonly missing = $derived.by(() => {
    const missing: { model?: string; probing?: string } = {};
    if (this.activations.value === null) {
      if (this.model.value === null) missing.model = 'Drop an .onnx model, or a .npy file of activations.';
      else if (this.input.layer === null) missing.model = 'Choose a layer.';
    } else if (this.probing.value && this.probing.value.sampleCount !== this.activations.value.sampleCount) {
      missing.model = `The activations are of ${this.activations.value.sampleCount} samples, the probing set has ${this.probing.value.sampleCount}.`;
    }
    if (this.probing.value === null) missing.probing = 'Drop a probing set: a folder or a zip.';
    else if (this.activations.value === null && !this.probing.value.hasPictures) {
      missing.probing =
        'This probing set has no pictures to feed a model. Drop a .npy file of activations instead of a model.';
    }
    return missing;
  });

  /** Opens whatever was dropped or picked. @returns whether anything of it is now open */
  async take(files: readonly DroppedFile[]): Promise<boolean> {
    const { model, probing, activations, aside } = sortDrop(files);
    this.aside = aside;
    const tries: Promise<boolean>[] = [];
    if (model) tries.push(this.#openModel(model));
    if (activations) {
      tries.push(this.activations.open(activations.name, () => this.#workbench.openActivations(activations)));
    }
    if (probing) {
      const name = probing.kind === 'zip' ? probing.file.name : probing.name;
      tries.push(this.probing.open(name, () => this.#workbench.openProbing(probing)));
    }
    return (await Promise.all(tries)).some((opened) => opened);
  }

  /** Opens a sample's model and probing set. @returns whether both are open */
  async openSample(name: SampleName): Promise<boolean> {
    this.openingSample = name;
    this.aside = [];
    const opened = await Promise.all([
      this.#openModel(name),
      this.probing.open(name, () => this.#workbench.openProbing({ kind: 'sample', name })),
    ]);
    this.openingSample = null;
    return opened.every((ready) => ready);
  }

  async #openModel(source: File | SampleName): Promise<boolean> {
    const name = typeof source === 'string' ? source : source.name;
    const opened = await this.model.open(name, () => this.#workbench.openModel(source));
    if (opened && this.model.value) {
      this.input.suggest(this.model.value);
      this.activations.clear();
    }
    return opened;
  }

  /** Runs with what is open. @returns the key of the results, or null where it was cancelled or failed, or cannot start */
  async start(settings: PageSettings = defaultPageSettings): Promise<string | null> {
    const probing = this.probing.value;
    const activations = this.#activationRequest();
    if (probing === null || activations === null) return null;
    this.run?.cancel();
    const { units, ...explain } = settings;
    const layer = activations.kind === 'model' ? activations.layer : (this.activations.value?.name ?? '');
    const run = new Run({ activations, settings: explain, units }, probing, layer, this.#unitCount());
    this.run = run;
    this.results = null;
    this.evidence = null;
    this.resultsFault = null;
    const results = await run.start(this.#workbench, () => {
      if (this.run === run && this.results === null) this.showRun();
    });
    if (results === null || this.run !== run) return null;
    if (this.results === null) this.#show(results);
    return results.key;
  }

  /** Shows the run under way again, after other results were looked at. */
  showRun(): void {
    this.loadingKey = null;
    if (this.run?.state !== 'running') return;
    if (this.run.made) this.#show(this.run.made);
    else {
      this.results = null;
      this.evidence = null;
    }
  }

  /** Shows kept results. Nothing is computed again. */
  async show(key: string): Promise<void> {
    if (this.results?.key === key || this.loadingKey === key) return;
    this.loadingKey = key;
    this.resultsFault = null;
    try {
      const results = await this.#workbench.results(key);
      if (this.loadingKey !== key) return;
      if (results) this.#show(results);
      else {
        this.resultsFault = new Fault(
          'page/no-results',
          'These results are not kept in this browser. Open the model and the probing set, and run again.',
        );
      }
    } catch (error) {
      if (this.loadingKey === key) this.resultsFault = toFault(error);
    } finally {
      if (this.loadingKey === key) this.loadingKey = null;
    }
  }

  /** Reads the list of kept results. */
  async refreshRecent(): Promise<void> {
    try {
      this.recent = await this.#workbench.recent();
    } catch {
      this.recent = [];
    }
  }

  /** Bytes kept in this browser and allowed. */
  storage(): Promise<{ readonly used: number; readonly quota: number }> {
    return this.#workbench.storage();
  }

  /** Forgets everything kept on this machine. What is on the screen stays until the page is left. */
  async clearStorage(): Promise<void> {
    await this.#workbench.clearStorage();
    this.recent = [];
  }

  #show(results: LayerResults): void {
    this.results = results;
    this.evidence = this.#workbench.evidence(results);
  }

  #activationRequest(): RunRequest['activations'] | null {
    if (this.activations.value) return { kind: 'file' };
    const { layer, preprocessing, height, width } = this.input;
    if (this.model.value === null || layer === null || preprocessing === null) return null;
    return { kind: 'model', layer, preprocessing, inputHeight: height, inputWidth: width };
  }

  #unitCount(): number | null {
    if (this.activations.value) return this.activations.value.unitCount;
    return this.model.value?.layers.find(({ tensor }) => tensor === this.input.layer)?.unitCount ?? null;
  }
}
