// Node 20 loads TypeScript in a worker thread only after a loader has been registered in that thread.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
