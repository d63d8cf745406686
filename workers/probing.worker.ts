import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { handOverBuffers } from '../src/jobs/hand-over.ts';
import { openSource, type SourceRequest } from '../src/pipeline/open-source.ts';
import { ProbingService, type FilledBatch } from '../src/pipeline/probing-service.ts';
import { drawPicture, drawThumbnail } from '../src/pipeline/thumbnail.ts';
import { decodePicture } from '../src/runtime/decode-browser.ts';

class Service extends ProbingService<SourceRequest> {
  override async fill(...asked: Parameters<ProbingService<SourceRequest>['fill']>): Promise<FilledBatch> {
    const filled = await super.fill(...asked);
    return handOverBuffers(filled, [filled.values.buffer, filled.part]);
  }

  override async readPart(...asked: Parameters<ProbingService<SourceRequest>['readPart']>): Promise<ArrayBufferLike> {
    const part = await super.readPart(...asked);
    return handOverBuffers(part, [part]);
  }
}

const service = new Service({
  open: (source) => openSource(source, { decode: decodePicture }),
  ...{ decode: decodePicture, drawThumbnail, drawPicture },
});

/** What the page may ask of this worker. */
export type ProbingWorker = typeof service;

registerFaults();
expose(service);
