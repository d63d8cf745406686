import { expose } from 'comlink';

const service = {
  /** Never comes to an end, as a reader may with a damaged file. */
  open(): void {
    for (;;);
  },
};

expose(service);
