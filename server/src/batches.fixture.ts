import type { Socket } from 'socket.io-client';
import { serve, type Change, type Served } from './served.fixture.ts';

/** The board that everyone joins. */
export const boardId = 'b1';
const stamp = { contract: 'notes', version: '1.2.0', hash: 'abc' };

/** Connects someone who is in the room; everything that comes is written down, a batch in brackets. */
export async function member(
  served: Served,
  id: string,
  batches = true,
): Promise<{ socket: Socket; heard: string[] }> {
  const auth = { token: id, sockeye: batches ? { ...stamp, batches } : stamp };
  const socket = await served.connect(id, { auth });
  const heard: string[] = [];
  const place = ([event, payload]: unknown[]) =>
    event === 'cursor:move' ? String((payload as { x: number }).x) : String(event);
  socket.onAny((event: string, ...args: unknown[]) => {
    if (event === 'sockeye:batch') heard.push(`[${(args as unknown[][]).map(place).join(' ')}]`);
    else heard.push(place([event, ...args]));
  });
  await socket.emitWithAck('board:join', { boardId });
  return { socket, heard };
}

/** Tells the room where pointers are, one after the other. */
export function move(served: Served, ...xs: number[]): void {
  for (const x of xs) served.notes.board({ boardId }).emit('cursor:move', { boardId, x });
}

/** A server with a tick of 20 ms. */
export async function serving(change: Change = {}): Promise<Served> {
  return serve({ volatileTickMs: 20, ...change });
}
