import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { openSource } from '../src/pipeline/open-source.ts';
import { ProbingService } from '../src/pipeline/probing-service.ts';
import { drawThumbnail } from '../src/pipeline/thumbnail.ts';
import { decodePicture } from '../src/runtime/decode-browser.ts';

const service = new ProbingService({ open: openSource, decode: decodePicture, drawThumbnail });

/** What the page may ask of this worker. */
export type ProbingWorker = typeof service;

registerFaults();
expose(service);
