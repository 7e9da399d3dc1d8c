import { memoryStore } from '../../server/app/stores/memory.ts';
import { describeStore } from './store.suite.ts';

describeStore('memory', { open: async () => ({ store: memoryStore() }) });
