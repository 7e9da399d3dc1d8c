import type { ChatServer } from '../generated/chat.server.gen.ts';
import type { Channel } from '../generated/chat.types.gen.ts';
import type { StoredChannel, StoredMessage } from '../stores/chat-store.ts';

/** Tells every member of a channel, wherever they are in the application, what has changed about it. */
export function tellMembers(
  server: ChatServer,
  { id: channelId, memberIds }: StoredChannel,
  changes: { readonly last?: StoredMessage; readonly members?: Channel['members'] },
): void {
  const [first, ...rest] = memberIds.map((userId) => ({ userId }));
  if (first) server.user(first, ...rest).emit('channel:updated', { channelId, changes });
}
