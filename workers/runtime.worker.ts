import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { RuntimeService } from '../src/pipeline/runtime-service.ts';
import { openSession, runtimeVersion } from '../src/runtime/ort-browser.ts';

const service = new RuntimeService({ openSession, runtimeVersion });

/** What the page may ask of this worker. */
export type RuntimeWorker = typeof service;

registerFaults();
expose(service);
