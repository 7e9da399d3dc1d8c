import type { ChatCalls } from './calls.ts';

/**
 * Tells of messages that have arrived here, whichever channel is open; returns the way to stop. A channel is opened for
 * as long as that takes: only who has it open may tell.
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
    // A membership that begins again brings a channel back, which its removal has ruled out.
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
