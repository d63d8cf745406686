import { parentPort, workerData } from 'node:worker_threads';
import { explainerOf, type ExplainWork } from './explain-work.ts';

const explain = explainerOf((workerData as { readonly work: ExplainWork }).work);
parentPort?.on('message', (unit: number) => parentPort?.postMessage(explain(unit)));
