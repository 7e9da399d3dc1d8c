/**
 * Follows the logs of rooms. One rule carries it: an entry is handed out when its offset is the cursor's plus one; a
 * lower one was handed out before, a higher one means that something is missing, and the log is asked to begin again
 * from the cursor. Contiguity is the proof, not timing.
 *
 * @module durable
 */
import { control, type Cursor, type ErrorBody, type LogStart, type Result } from '@sockeye/contract/wire';
import { own, trim } from '../record.ts';
import type { Runtime } from '../runtime.ts';
import type { EventMeta } from '../surface.ts';
import type { Cursors } from './cursors.ts';
import { isPlace } from './place.ts';

/** The logs of one client's rooms. */
export interface Logs {
  /**
   * Calls `begin` with the cursor to join a room from: null for none yet, undefined for a room without a log. In the
   * same turn, unless a storage has to be waited for; not at all when the connection is lost or the room left meanwhile.
   */
  readonly open: (kind: string, name: string, begin: (since?: Cursor | null) => void) => void;
  /** For the handshake: cursors of the rooms that the server joins by itself; absent where none of them has a log. */
  readonly greeting: (() => Promise<{ readonly since: Readonly<Record<string, Cursor>> }>) | undefined;
  /** The server has told where a log begins. */
  readonly start: (told: unknown) => void;
  /** Hands out an event that is the next entry of its log. False: it belongs to none, the caller hands it out. */
  readonly receive: (told: unknown, deliver: (meta: EventMeta) => void) => boolean;
  /** Whether entries that the server has told of are still on their way. */
  readonly recovering: (name: string) => boolean;
  /** The room was left; its cursor stays. */
  readonly leave: (name: string) => void;
  /** The room is no longer the user's; nothing of it stays. */
  readonly forget: (name: string) => void;
  /** The connection is gone. */
  readonly down: () => void;
  /** @param forget Also removes the cursors that are stored. */
  readonly close: (forget: boolean) => void;
}

/** What logs need of the rest of a client. */
export interface LogsOwner {
  /** Sends a control event and waits for its answer, which is read in the turn in which it comes. */
  readonly tell: (event: string, data: object, done: (result: Result<unknown>) => void) => void;
  /** A log has begun; not recovered: what was built from it has to be loaded anew. */
  readonly started: (kind: string, name: string, recovered: boolean) => void;
  /** {@link Logs.recovering} may be another one. */
  readonly changed: (name: string) => void;
  /** The server refuses to begin the log again. */
  readonly refused: (name: string, error: ErrorBody) => void;
}

interface Log {
  readonly name: string;
  /** Where its cursor is stored. */
  readonly key: string;
  /** Behind the last entry that was handed out. */
  cursor: Cursor | null;
  /** `off`: not told of by this connection. `lost`: asked to begin again, and nothing counts until it does. */
  state: 'off' | 'live' | 'lost';
  /** Entries up to it are replayed. */
  head: number;
  /** Identities of entries that were handed out lately: a reset may bring them again, under other offsets. */
  readonly seen: Set<string>;
  /** Times that it was asked for again in vain. */
  failures: number;
  /** Waits for the stored cursor. */
  begin?: (() => void) | undefined;
  cancel: () => void;
}

/** Entries that are remembered by their identity, of each room. */
const seenLimit = 1_000;

/** Follows the logs of a contract that has durable events, for a generated client. */
export function durable(runtime: Runtime, owner: LogsOwner): Logs {
  const { rooms, serverToClient } = runtime.table;
  /** Kinds of the rooms that have a log. */
  const logged = new Set(Object.values(serverToClient).map(({ durable, room }) => durable && room));
  const cursors = runtime.options.cursors?.(runtime);
  const logs = new Map<string, Log>();
  /** Rooms with a log that the server joins by itself. */
  const kinds = Object.keys(rooms).filter((kind) => rooms[kind]!.auto && logged.has(kind));
  /** Their cursors may be stored, and were not read yet. */
  let unread = cursors;

  function logOf(name: string): Log {
    let log = logs.get(name);
    if (!log) {
      const kind = kindOf(name);
      // Which user's room it is, only the server knows: there is one of each kind.
      const key = own(rooms, kind)?.auto ? kind : name;
      log = { name, key, cursor: null, state: 'off', head: 0, seen: new Set(), failures: 0, cancel };
      logs.set(name, log);
    }
    return log;
  }

  /** Reads the cursors of the rooms that the server joins by itself. */
  function recall({ load }: Cursors): Promise<unknown> {
    const read = (kind: string, done: () => void): void =>
      load(kind, (stored) => {
        if (stored?.room.startsWith(`${kind}:`)) logOf(stored.room).cursor ??= cursorOf(stored);
        done();
      });
    return Promise.all(kinds.map((kind) => new Promise<void>((done) => read(kind, done))));
  }

  function move(log: Log, to: Cursor): void {
    log.cursor = cursorOf(to);
    cursors?.save(log.key, log.name, log.cursor);
  }

  function rest(log: Log): void {
    log.state = 'off';
    log.failures = 0;
    log.begin = undefined;
    log.cancel();
  }

  /** Something is missing: asks for the log again, from the cursor on. */
  function ask(log: Log): void {
    owner.tell(control.sync, { room: log.name, since: log.cursor }, (result) => {
      // A log begins before the request for it is answered.
      if (log.state !== 'lost' || (!result.ok && result.error.code === 'DISCONNECTED')) return;
      if (result.ok || result.error.retryable) {
        retry(log, result.ok ? undefined : result.error.retryAfterMs);
      } else {
        rest(log);
        owner.refused(log.name, result.error);
      }
    });
  }

  function retry(log: Log, delay = runtime.backoff(log.failures)): void {
    log.failures++;
    log.cancel();
    log.cancel = runtime.clock.after(delay, () => ask(log));
  }

  function lose(log: Log): void {
    log.state = 'lost';
    if (log.failures) retry(log);
    else {
      log.failures = 1;
      ask(log);
    }
    owner.changed(log.name);
  }

  return {
    open: (kind, name, begin) => {
      if (!logged.has(kind)) return begin();
      const log = logOf(name);
      if (log.cursor || !cursors) return begin(log.cursor);
      log.begin = () => begin(log.cursor);
      cursors.load(log.key, (stored) => {
        if (stored?.room === name) log.cursor ??= cursorOf(stored);
        log.begin?.();
        log.begin = undefined;
      });
    },
    greeting: kinds.length
      ? async () => {
          if (unread) await recall(unread);
          unread = undefined;
          const known = [...logs.values()].filter(({ key, name, cursor }) => key !== name && cursor);
          return { since: Object.fromEntries(known.map(({ name, cursor }) => [name, cursor!])) };
        }
      : undefined,
    start: (told) => {
      if (!isPlace(told) || !('head' in told)) return;
      const { room, head, recovered: goesOn } = told as LogStart;
      const kind = kindOf(room);
      if (!logged.has(kind)) return;
      // Of a room that the server puts nobody in by itself, only who asked hears; who was put out does not any more.
      const log = rooms[kind]?.auto ? logOf(room) : logs.get(room);
      if (!log) return;
      const { cursor } = log;
      // A log that says it goes on, but from elsewhere, does not.
      const recovered = goesOn === true && cursor?.epoch === told.epoch && told.offset <= cursor.offset;
      log.cancel();
      log.state = 'live';
      log.head = head;
      if (!recovered) move(log, told);
      owner.started(kind, room, recovered);
      owner.changed(room);
    },
    receive: (told, deliver) => {
      if (!isPlace(told)) return false;
      const { room, epoch, offset, id } = told;
      const log = logs.get(room);
      if (log?.state !== 'live') return true;
      const ahead = epoch === log.cursor!.epoch ? offset - log.cursor!.offset : Infinity;
      if (ahead > 1) lose(log);
      if (ahead !== 1) return true;
      if (!log.seen.has(id)) {
        trim(log.seen.add(id), seenLimit);
        deliver({ room, replayed: offset <= log.head, offset, epoch, id });
      }
      // A handler may have ended it for good.
      if (logs.get(room) === log) {
        log.failures = 0;
        move(log, told);
        if (offset === log.head) owner.changed(room);
      }
      return true;
    },
    recovering: (name) => {
      const log = logs.get(name);
      return log?.state === 'lost' || (log?.state === 'live' && log.cursor!.offset < log.head);
    },
    leave: (name) => {
      const log = logs.get(name);
      if (!log) return;
      rest(log);
      log.seen.clear();
    },
    forget: (name) => {
      const log = logOf(name);
      rest(log);
      logs.delete(name);
      cursors?.remove(log.key);
    },
    down: () => {
      for (const log of logs.values()) rest(log);
    },
    close: (forget) => {
      for (const log of logs.values()) rest(log);
      logs.clear();
      cursors?.close(forget);
    },
  };
}

const cancel = (): void => undefined;

/** What a room is, by its name on the wire. */
function kindOf(name: string): string {
  return name.split(':', 1)[0]!;
}

function cursorOf({ epoch, offset, id }: Cursor): Cursor {
  return { epoch, offset, id };
}
