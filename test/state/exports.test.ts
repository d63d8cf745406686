import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/engine/version.ts';
import { exportCsv, exportJson, exportName } from '../../src/state/exports.ts';
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
});
