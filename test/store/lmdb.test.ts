import { openLmdbStores } from '../../server/app/stores/lmdb-open.ts';
import { inFolder } from './in-folder.ts';
import { describeStore } from './store.suite.ts';

describeStore('lmdb', { open: () => inFolder((options) => openLmdbStores(options).store) });
