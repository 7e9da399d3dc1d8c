import type { JournalServer } from '../../golden/durable/out/journal.server.gen.ts';

export async function misuse(server: JournalServer): Promise<void> {
  const channel = server.channel({ channelId: 'c1' });
  const message = { id: 'm1', channelId: 'c1', text: 'Hello' };
  await channel.publish('message:new', message);
  channel.emit('message:new', message); // expect: TS2345
  await channel.publish('channel:typing', { channelId: 'c1', name: 'Ada' }); // expect: TS2345
  await channel.publish('message:removed', { id: 'm1' }); // expect: TS2353
  await server.lobby({ lobbyId: 'l1' }).publish('lobby:open', { lobbyId: 'l1' }); // expect: TS2339
  await server.transaction((tx) => tx.channel({ channelId: 'c1' }).publish('notice', { text: 'x' })); // expect: TS2345
  server.socket('s1').emit('message:new', message); // expect: TS2345
}
