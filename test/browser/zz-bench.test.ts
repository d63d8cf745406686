import { it } from 'vitest';
import { createWorkbench } from '../../src/jobs/workbench.ts';
import { network, node, weights } from '../onnx/support/networks.ts';

function model(): Uint8Array<ArrayBuffer> {
  const chans = [3, 32, 64, 128, 128];
  const nodes = []; const inits = [];
  let x = 'picture';
  for (let i = 0; i + 1 < chans.length; i++) {
    inits.push(weights(`w${i}`, [chans[i + 1], chans[i], 3, 3], i + 1));
    const s = i < 3 ? 2 : 1;
    nodes.push(node('Conv', [x, `w${i}`], `c${i}`, { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [s, s] }));
    nodes.push(node('Relu', `c${i}`, `r${i}`));
    x = `r${i}`;
  }
  nodes.push(node('GlobalAveragePool', x, 'out'));
  return network(nodes, inits, ['out'], { inputs: [{ name: 'picture', dims: ['batch', 3, 112, 112] }] });
}

it('bench', async () => {
  const log = (...a: unknown[]) => console.log(...a);
  let gaps: number[] = []; let last = performance.now();
  const ch = new MessageChannel();
  ch.port1.onmessage = () => { const n = performance.now(); if (n - last > 16) gaps.push(Math.round(n - last)); last = n; setTimeout(() => ch.port2.postMessage(0), 1); };
  ch.port2.postMessage(0);
  const w = createWorkbench();
  await w.clearStorage();
  let t = performance.now();
  const p = await w.openProbing({ kind: 'sample', name: 'scenes' });
  log('open probing', Math.round(performance.now() - t), p.sampleCount);
  t = performance.now();
  const m = await w.openModel(new File([model()], 'bench.onnx'));
  log('open model', Math.round(performance.now() - t), m.defaultLayer, m.bytes);
  const run = async (label: string, length: number, q: number, bench = w) => {
    gaps = [];
    const t0 = performance.now();
    const marks: Record<string, number> = {};
    let first = 0, notes = new Set<string>(), lastUnit = 0;
    const r = await bench.run({ activations: { kind: 'model', layer: m.defaultLayer!, preprocessing: m.preprocessing, inputHeight: 112, inputWidth: 112 },
      settings: { threshold: { kind: 'quantile', quantile: q }, length, beam: 10, penalty: 1, candidates: null, mode: 'default', minActive: 0 }, units: null }, {
      onProgress: (s) => { marks[s.stage] ??= Math.round(performance.now() - t0); if (s.note) notes.add(s.note); },
      onUnits: () => { first ||= Math.round(performance.now() - t0); lastUnit = Math.round(performance.now() - t0); },
    }).finished;
    log(label, 'first', first, 'last unit', lastUnit, 'finished', Math.round(performance.now() - t0), 'took', r.tookMs, JSON.stringify(marks), [...notes].join(' | '), 'gaps', gaps.join(','), 'unit1', JSON.stringify(r.units.find(u=>u.best)?.best?.iou));
    return r;
  };
  await run('cold', 3, 0.005);
  await run('memory', 5, 0.01);
  const w2 = createWorkbench();
  await w2.openProbing({ kind: 'sample', name: 'scenes' });
  await w2.openModel(new File([model()], 'bench.onnx'));
  const r = await run('idb', 3, 0.01, w2);
  t = performance.now();
  const w3 = createWorkbench();
  const rec = await w3.recent(); const rr = await w3.results(rec[0].key);
  log('recent+results', Math.round(performance.now() - t), rec.length, JSON.stringify(rr).length);
  t = performance.now();
  const ev = w3.evidence(rr!);
  const u = rr!.units.find((x) => x.best)!;
  const mask = await ev.unitMask(u.unit, u.top[0].sample);
  log('first mask', Math.round(performance.now() - t), mask.reduce((a, b) => a + b, 0));
  t = performance.now();
  await Promise.all(u.top.map(async ({ sample }) => { await ev.thumbnail(sample); await ev.unitMask(u.unit, sample); await ev.formulaMask(u.best!.formula, sample); }));
  log('24 samples', Math.round(performance.now() - t));
  const w4 = createWorkbench(location.origin);
  t = performance.now();
  const cp = await w4.openProbing({ kind: 'sample', name: 'coco-mobilenet' });
  log('open coco', Math.round(performance.now() - t), cp.sampleCount, cp.concepts.length, cp.title, cp.synthetic, cp.hasPictures, JSON.stringify(cp.grid));
  t = performance.now();
  const cm = await w4.openModel('coco-mobilenet');
  log('open coco model', Math.round(performance.now() - t), cm.name, cm.defaultLayer, cm.preprocessing.preset, cm.inputHeight, cm.layers.length);
  log('storage', JSON.stringify(await w.storage()), navigator.hardwareConcurrency);
}, 200000);
