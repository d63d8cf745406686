import type { ExplainSettings, UnitExplanation } from '../engine/results/explanation.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { labelOf, type ResultsLabel } from '../engine/results/results-label.ts';
import type { Connection } from './connection.ts';
import { packedBytes, packJson, unpackJson } from './packed.ts';
import { READ_FORMS, RESULTS_FORM, type KeptThing } from './schema.ts';

/** Results and their labels, which lists show without unpacking anything. */
export class ResultsStore {
  readonly #connection: Connection;
  readonly #most: number;
  readonly #staged = new Map<string, readonly UnitExplanation[]>();
  #opened: LayerResults | undefined;

  /** @param most results kept; those kept longest go */
  constructor(connection: Connection, most: number) {
    this.#connection = connection;
    this.#most = most;
  }

  /** Takes units of results that {@link keep} will keep. */
  stage(key: string, units: readonly UnitExplanation[]): void {
    this.#staged.set(key, [...(this.#staged.get(key) ?? []), ...units]);
  }

  /** Keeps results, after the units that were staged for their key. @throws Fault `storage/full` */
  async keep(given: LayerResults): Promise<void> {
    const results = { ...given, units: [...(this.#staged.get(given.key) ?? []), ...given.units] };
    this.#staged.delete(given.key);
    const body = await packJson(results);
    const { key } = results;
    await this.#connection.withRoom('the results', results.probing.contentHash, async (database) => {
      const change = database.transaction(['labels', 'results'], 'readwrite');
      const labels = change.objectStore('labels');
      const last = await labels.index('keptAt').openKeyCursor(null, 'prev');
      const keptAt = Math.max(Date.now(), (last?.key ?? 0) + 1);
      await Promise.all([
        labels.put({ ...labelOf(results), form: RESULTS_FORM, keptAt, bytes: packedBytes(body) }),
        change.objectStore('results').put({ key, body }),
        change.done,
      ]);
    });
    const database = await this.#connection.open();
    const keys = await database.getAllKeysFromIndex('labels', 'keptAt');
    for (const oldest of keys.slice(0, Math.max(0, keys.length - this.#most))) await this.forget(oldest);
  }

  /** Labels of kept results, those kept last first. */
  async labels(): Promise<readonly ResultsLabel[]> {
    const database = await this.#connection.open();
    const records = await database.getAllFromIndex('labels', 'keptAt');
    return records
      .filter(({ form }) => READ_FORMS.includes(form))
      .reverse()
      .map(({ form: _form, keptAt: _keptAt, bytes: _bytes, ...label }) => completed(label));
  }

  /** How much room all kept results take, those of other versions too. */
  async sizes(): Promise<readonly KeptThing[]> {
    const database = await this.#connection.open();
    const labels = await database.getAll('labels');
    return labels.map(({ key, probingHash: probing, title, layer, activations, bytes }) => ({
      ...{ store: 'results', key, probing, title, layer, bytes },
      ...{ source: activations?.hash ?? '', sourceName: activations?.name ?? '' },
    }));
  }

  /** Results, or null where there are none, where they were damaged, or where another version of the page has kept them. */
  async find(key: string): Promise<LayerResults | null> {
    const database = await this.#connection.open();
    const [label, record] = await Promise.all([database.get('labels', key), database.get('results', key)]);
    if (!label || !record || !READ_FORMS.includes(label.form)) return null;
    try {
      return withFeed(completed((await unpackJson(record.body)) as LayerResults | OldResults));
    } catch {
      await this.forget(key);
      return null;
    }
  }

  /** {@link find} in pieces: some units, and everything else. */
  async part(key: string, firstUnit: number, unitCount: number): Promise<LayerResults | null> {
    const whole = this.#opened?.key === key && firstUnit > 0 ? this.#opened : await this.find(key);
    if (!whole) return null;
    const done = firstUnit + unitCount >= whole.units.length;
    this.#opened = done ? undefined : whole;
    return { ...whole, units: whole.units.slice(firstUnit, firstUnit + unitCount) };
  }

  /** Forgets some results; harmless where there are none. */
  async forget(key: string): Promise<void> {
    const database = await this.#connection.open();
    const change = database.transaction(['labels', 'results'], 'readwrite');
    await Promise.all([
      change.objectStore('labels').delete(key),
      change.objectStore('results').delete(key),
      change.done,
    ]);
  }
}

/** What was kept as form 2 has no feed: it was always pictures. */
function withFeed(made: LayerResults | OldResults): LayerResults {
  const { activations } = made;
  if (!activations || !('inputHeight' in activations)) return made as LayerResults;
  const { preprocessing, inputHeight, inputWidth, ...rest } = activations;
  const feed = { kind: 'pictures', preprocessing, height: inputHeight, width: inputWidth } as const;
  return { ...made, activations: { ...rest, feed } } as LayerResults;
}

interface OldResults extends Omit<LayerResults, 'activations'> {
  readonly activations?: { readonly kind: 'model' } & Readonly<
    Record<'preprocessing' | 'inputHeight' | 'inputWidth', number>
  >;
}

/** What was kept before the smallest concept was a setting does not have it: all concepts could stand in formulas. */
function completed<Made extends { readonly settings: ExplainSettings }>(made: Made): Made {
  return {
    ...made,
    settings: { ...made.settings, minConcept: (made.settings as Partial<ExplainSettings>).minConcept ?? 0 },
  };
}
