import { Explainer } from '../../src/engine/explain.ts';
import { unitThreshold } from '../../src/engine/activation/threshold.ts';
import { UnitCounter } from '../../src/engine/activation/unit-mask.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { layers } from '../../src/onnx/layers.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { batchLength, batchSize, fillBatch } from '../../src/pipeline/batches.ts';
import { LayerCollector } from '../../src/pipeline/collect.ts';
import { Feeder } from '../../src/pipeline/feeder.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { inputSpec, openModel } from '../../src/pipeline/open-model.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import { openSession } from '../../src/runtime/ort-node.ts';
import { sampleModel, sampleProbing } from '../../src/cli/sources.ts';

const settings = defaultSettings;
const { threshold } = settings;

/** Every stage of the sample `scenes` from pictures to formulas, (c) of the bench, one after the other. */
export async function benchScenes(say: (line: string) => void): Promise<Record<string, number>> {
  const probing = await sampleProbing('scenes');
  const { blob, name } = await sampleModel('scenes');
  const summary = await readModel(blob, name);
  const input = pictureInput(summary);
  const height = input.height ?? probing.grid.height;
  const width = input.width ?? probing.grid.width;
  const { preprocessing } = guessPreprocessing(summary, input);
  const model = await openModel(blob, summary);
  const layer = chooseLayer(summary, layers(summary, model.input, { height, width }));
  const spec = inputSpec(model.input, { kind: 'pictures', preprocessing, height, width });
  const feeder = new Feeder(spec, null);
  const session = await openSession(tap(blob, summary, [layer.tensor]), { taps: [layer.tensor] });
  const { sampleCount } = probing;
  say(`scenes: ${sampleCount} pictures, layer ${layer.tensor}, ${session.providerNote}`);
  const collector = new LayerCollector({ fixedBatch: spec.fixedBatch, layer, threshold }, sampleCount);
  const seconds = { decode: 0, inference: 0, collect: 0 };
  const values = new Float32Array(batchLength(spec));
  const step = batchSize(spec);
  for (let first = 0; first < sampleCount; first += step) {
    const count = Math.min(step, sampleCount - first);
    const samples = Array.from({ length: count }, (_, row) => first + row);
    const times = [performance.now()];
    const batch = await fillBatch(probing, samples, spec, decodePicture, values);
    times.push(performance.now());
    const { tensors: outputs } = await feeder.run(session, count, batch);
    times.push(performance.now());
    collector.add(samples, outputs[layer.tensor]);
    times.push(performance.now());
    seconds.decode += (times[1] - times[0]) / 1000;
    seconds.inference += (times[2] - times[1]) / 1000;
    seconds.collect += (times[3] - times[2]) / 1000;
  }
  await session.close();
  const activations = collector.finish();
  let started = performance.now();
  const { table, maps } = await ingest(probing);
  const cells = (performance.now() - started) / 1000;
  const counter = new UnitCounter(activations, maps, table.cellCount);
  started = performance.now();
  for (let unit = 0; unit < activations.unitCount; unit++)
    counter.count(counter.bySample(unit, unitThreshold(activations, unit, threshold)));
  const counting = (performance.now() - started) / 1000;
  const search = prepareSearch(table, probing.concepts, { grid: probing.grid });
  const explainer = new Explainer({ search, maps, activations });
  started = performance.now();
  for (let unit = 0; unit < activations.unitCount; unit++) explainer.explain(unit, settings);
  const explaining = (performance.now() - started) / 1000;
  return {
    'scenes.pictures': sampleCount,
    'scenes.units': activations.unitCount,
    'scenes.cells': table.cellCount,
    'scenes.decode_pictures_per_second': sampleCount / seconds.decode,
    'scenes.inference_pictures_per_second': sampleCount / seconds.inference,
    'scenes.collect_pictures_per_second': sampleCount / seconds.collect,
    'scenes.cells_pictures_per_second': sampleCount / cells,
    'scenes.count_ms_per_unit': (counting / activations.unitCount) * 1000,
    'scenes.explain_ms_per_unit': (explaining / activations.unitCount) * 1000,
  };
}
