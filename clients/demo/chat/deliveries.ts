import type { ChatCalls } from './calls.ts';

/**
 * Confirms the delivery of messages in all channels; returns a function that stops it. Joins each channel briefly,
 * because only clients in a channel can confirm.
 */
export function tellDeliveries(chat: ChatCalls, me: string): () => void {
  const told = new Map<string, number>();

  const tell = async (channelId: string, seq: number): Promise<void> => {
    told.set(channelId, seq);
    const share = chat.channel({ channelId }).join();
    const isIn = await share.ready;
    const result = isIn.ok && (await chat.messageDelivered({ channelId, seq }));
    share.release();
    if (!result || !result.ok) told.delete(channelId);
  };

  const stops = [
    // A new membership restores a channel that its removal had excluded.
    chat.on('channel:added', () => void chat.channels.reload()),
    chat.channels.subscribe(look),
  ];
  return () => stops.forEach((stop) => stop());

  function look(): void {
    for (const { id, last, read } of chat.channels.getSnapshot().rows) {
      if (!last || last.authorId === me || last.seq <= Math.max(read, told.get(id) ?? 0)) continue;
      void tell(id, last.seq);
    }
  }
}
