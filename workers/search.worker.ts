import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { SearchService } from '../src/pipeline/search-service.ts';

const service = new SearchService();

/** What the page may ask of this worker. */
export type SearchWorker = typeof service;

registerFaults();
expose(service);
