import { memoryLog, type MemoryTransaction } from '../../server/src/stores/memory.ts';
import { describeLog } from './log.suite.ts';

describeLog('memory', {
  knowsOffsets: true,
  clock: 'all',
  open: async (clock) => {
    let value: string | undefined;
    return {
      log: memoryLog(() => clock?.at ?? Date.now()),
      write: (native, next) => {
        (native as MemoryTransaction).onRollback(() => (value = undefined));
        value = next;
      },
      written: async () => value,
    };
  },
});
