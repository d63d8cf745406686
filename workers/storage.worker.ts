import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { Storage } from '../src/storage/storage.ts';

const storage = new Storage();

/** What the page may ask of this worker. */
export type StorageWorker = typeof storage;

registerFaults();
expose(storage);
