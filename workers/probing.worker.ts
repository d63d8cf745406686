import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { handOver } from '../src/jobs/hand-over.ts';
import { openSource, type SourceRequest } from '../src/pipeline/open-source.ts';
import { ProbingService } from '../src/pipeline/probing-service.ts';
import { drawPicture, drawThumbnail } from '../src/pipeline/thumbnail.ts';
import { decodePicture } from '../src/runtime/decode-browser.ts';

class Service extends ProbingService<SourceRequest> {
  override async fill(...asked: Parameters<ProbingService<SourceRequest>['fill']>): Promise<Float32Array> {
    return handOver(await super.fill(...asked));
  }
}

const service = new Service({ open: openSource, decode: decodePicture, drawThumbnail, drawPicture });

/** What the page may ask of this worker. */
export type ProbingWorker = typeof service;

registerFaults();
expose(service);
