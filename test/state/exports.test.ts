import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/engine/version.ts';
import { exportCsv, exportJson, exportName, exportResult } from '../../src/state/exports.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';

const made = async () => {
  const results = await new FakeWorkbench({ unitCount: 8 }).results('kept');
  if (!results) throw new Error('the fake has kept results');
  return results;
};

describe('a file that is saved', () => {
  it('is of the version of package.json', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(text) as { version: string }).version).toBe(version);
  });

  it('names model, layer, probing set, their hashes, settings, day and version', async () => {
    const results = await made();
    expect(exportName({ ...results, settings: { ...results.settings, length: 5 } })).toBe(
      `scenes-ab12cd34_features_Scenes-c0ffeec0_length-5_preset-zero-to-one_input-112.112_2026-11-23_v${version}`,
    );
  });

  it('has a name that any file system takes', async () => {
    const results = await made();
    const name = exportName({
      ...results,
      activations: { kind: 'file', name: '../ä:b*c?.npy', hash: 'f00d'.repeat(16) },
    });
    expect(name).toMatch(/^[\p{L}\p{N}._-]+$/u);
    expect(name).not.toContain('/');
    const long = exportName({ ...results, probing: { ...results.probing, title: 'x'.repeat(400) } });
    expect(long.length).toBeLessThanOrEqual(200);
  });

  it('is a plain table, and JSON that has everything', async () => {
    const results = await made();
    const csv = exportCsv(results);
    expect(csv.text.split('\n')[0]).toMatch(/^unit,category,label,score/);
    expect(csv.text.trim().split('\n')).toHaveLength(9);
    const json = JSON.parse(exportJson(results).text) as Record<string, unknown>;
    expect(json).toMatchObject({
      madeBy: `Formulens ${version}`,
      madeAt: results.madeAt,
      settings: results.settings,
      probing: { contentHash: results.probing.contentHash },
      activations: { hash: results.activations.hash },
    });
  });

  it('of sentence pairs has class weights and gold labels, as far as they are kept', async () => {
    const evidence = new FakeWorkbench().evidence(fakePairResults);
    let done = 0;
    const { name, text } = await exportResult(fakePairResults, evidence, (count) => (done = count));
    expect(name).toMatch(/^result_entailment-.*\.csv$/);
    expect(done).toBe(fakePairResults.units.length);
    const rows = text.trim().split('\n');
    expect(rows).toHaveLength(fakePairResults.units.length + 1);
    const gone = { goldLabels: () => Promise.reject(new Error('gone')), sampleList: evidence.sampleList };
    const without = (await exportResult(fakePairResults, gone, () => undefined)).text.split('\n');
    expect(without[0]).toBe(rows[0]);
    expect(without[1].endsWith(',,,,')).toBe(true);
    expect(rows[1].endsWith(',,,,')).toBe(false);
  });
});
