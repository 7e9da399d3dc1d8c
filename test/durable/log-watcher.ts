import type { Cursor } from '@sockeye/contract/wire';
import { io } from 'socket.io-client';

/** What a client follows: a room that it joins, or its own without a join. */
export interface Watched {
  readonly user: string;
  readonly contract: 'collab' | 'chat';
  readonly join?: readonly [event: string, payload: object];
}

/** An event of a log, as a client got it. */
export interface Got {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly offset: number;
}

/** A client of the wire alone: it tells a cursor when it comes, and notes what it is sent. */
export interface Watcher {
  readonly got: readonly Got[];
  /** Resolves when so many entries have come; with the newest place. */
  count(wanted: number): Promise<Cursor>;
  close(): void;
}

interface LogStart extends Cursor {
  readonly room: string;
  readonly recovered: boolean;
}

/** Connects, joins and waits for the beginning of the log after a cursor. */
export async function watch(
  url: string,
  { contract, join, user }: Watched,
  { token, since }: { readonly token: string; readonly since: Cursor | null },
): Promise<Watcher> {
  const room = `user:${user}`;
  const stamp = { contract, version: '1.0.0', hash: 'plain', since: since === null ? {} : { [room]: since } };
  const socket = io(`${url}${contract === 'chat' ? '/chat' : '/'}`, {
    auth: { token, sockeye: stamp },
    reconnection: false,
    forceNew: true,
  });
  const got: Got[] = [];
  let place: Cursor | undefined;
  let look = (): void => undefined;
  const started = new Promise<LogStart>((resolve, reject) => {
    socket.once('connect_error', reject);
    socket.on('sockeye:log', (start: LogStart) => {
      if (join === undefined || !start.room.startsWith('user:')) resolve(start);
    });
  });
  socket.onAny((event: string, payload: Record<string, unknown>, meta?: Partial<Cursor>) => {
    const { epoch, offset, id } = meta ?? {};
    if (event.startsWith('sockeye:') || epoch === undefined || offset === undefined || id === undefined)
      return;
    got.push({ event, payload, offset });
    place = { epoch, offset, id };
    look();
  });
  if (join !== undefined) socket.emit(join[0], join[1], { since }, () => undefined);
  const { epoch, offset, id, recovered } = await started;
  if (since !== null && !recovered) throw new Error('The cursor could not be served.');
  place ??= { epoch, offset, id };
  return {
    got,
    count: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (got.length >= wanted) resolve(place!);
        };
        look();
      }),
    close: () => void socket.close(),
  };
}
