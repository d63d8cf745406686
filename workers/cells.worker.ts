import { expose } from 'comlink';
import { registerFaults } from '../src/jobs/fault-transfer.ts';
import { handOverBuffers } from '../src/jobs/hand-over.ts';
import { openCellTable, type OpenedCellTable } from '../src/pipeline/open-cell-table.ts';

const service = {
  /** See openCellTable. */
  async open(...asked: Parameters<typeof openCellTable>): Promise<OpenedCellTable> {
    const opened = await openCellTable(...asked);
    const { search, maps, counted } = opened.memory;
    return handOverBuffers(opened, [search.cells, search.extras, maps, counted]);
  },
};

/** What the page may ask of this worker. */
export type CellsWorker = typeof service;

registerFaults();
expose(service);
