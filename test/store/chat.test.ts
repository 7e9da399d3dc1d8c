import { openLmdbStores } from '../../server/app/stores/lmdb-open.ts';
import { memoryChat } from '../../server/app/stores/memory-chat.ts';
import { memoryInbox } from '../../server/app/stores/memory-inbox.ts';
import { describeChatStore } from './chat-store.suite.ts';
import { describeInboxStore } from './inbox-store.suite.ts';
import { inFolder } from './in-folder.ts';

describeChatStore('memory', { open: async () => ({ store: memoryChat() }) });
describeChatStore('lmdb', { open: () => inFolder((options) => openLmdbStores(options).chatStore) });
describeInboxStore('memory', { open: async () => ({ store: memoryInbox() }) });
describeInboxStore('lmdb', { open: () => inFolder((options) => openLmdbStores(options).inboxStore) });
