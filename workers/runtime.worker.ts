import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { handOverBatch, handOverBuffers } from '../src/jobs/hand-over.ts';
import { RuntimeService, type BatchHeld, type BatchRun } from '../src/pipeline/runtime-service.ts';
import { openSession, runtimeVersion } from '../src/runtime/ort-browser.ts';

class Service extends RuntimeService {
  override async runBatch(...asked: Parameters<RuntimeService['runBatch']>): Promise<BatchRun> {
    return handOverBatch(await super.runBatch(...asked));
  }

  override async holdBatch(...asked: Parameters<RuntimeService['holdBatch']>): Promise<BatchHeld> {
    return handOverBatch(await super.holdBatch(...asked));
  }

  override takeParts(): readonly (ArrayBufferLike | null)[] {
    const parts = super.takeParts();
    return handOverBuffers(parts, parts);
  }

  override takeFilePart(): ArrayBufferLike | null {
    const part = super.takeFilePart();
    return part && handOverBuffers(part, [part]);
  }
}

const service = new Service({ openSession, runtimeVersion });

/** What the page may ask of this worker. */
export type RuntimeWorker = typeof service;

registerFaults();
expose(service);
