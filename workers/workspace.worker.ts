import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { WorkspaceService } from '../src/pipeline/workspace/workspace-service.ts';

const service = new WorkspaceService();

/** What the page may ask of this worker. */
export type WorkspaceWorker = typeof service;

registerFaults();
expose(service);
