/**
 * Follows the logs of rooms, by one rule: an entry is delivered if its offset is the cursor's plus one. A lower offset
 * was delivered before; a higher one means that entries are missing, and the client asks for a replay from the cursor.
 * Contiguous offsets are the proof, not timing.
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
   * Calls `begin` with the cursor to join a room from: null for none yet, undefined for a room without a log.
   * Synchronously, unless the storage is asynchronous; never, if the connection is lost or the room left meanwhile.
   */
  readonly open: (kind: string, name: string, begin: (since?: Cursor | null) => void) => void;
  /** For the handshake: cursors of rooms that the server joins; absent if none of them has a log. */
  readonly greeting: (() => Promise<{ readonly since: Readonly<Record<string, Cursor>> }>) | undefined;
  /** The server sent the start of a log. */
  readonly start: (told: unknown) => void;
  /** Delivers an event if it is the next entry of its log. False: it has no log, and the caller delivers it. */
  readonly receive: (told: unknown, deliver: (meta: EventMeta) => void) => boolean;
  /** Whether missed entries are still being replayed. */
  readonly recovering: (name: string) => boolean;
  /** The room was left; its cursor is kept. */
  readonly leave: (name: string) => void;
  /** The user was evicted from the room; its cursor is removed. */
  readonly forget: (name: string) => void;
  /** Disconnected. */
  readonly down: () => void;
  /** @param forget Also removes stored cursors. */
  readonly close: (forget: boolean) => void;
}

/** What logs need from the rest of a client. */
export interface LogsOwner {
  /** Sends a control event; `done` is called synchronously with its answer. */
  readonly tell: (event: string, data: object, done: (result: Result<unknown>) => void) => void;
  /** A log has started. If not recovered, state built from it must be reloaded. */
  readonly started: (kind: string, name: string, recovered: boolean) => void;
  /** {@link Logs.recovering} may have changed. */
  readonly changed: (name: string) => void;
  /** The server refused a replay. */
  readonly refused: (name: string, error: ErrorBody) => void;
}

interface Log {
  readonly name: string;
  /** Key of its stored cursor. */
  readonly key: string;
  /** Position of the last delivered entry. */
  cursor: Cursor | null;
  /** `off`: not started on this connection. `lost`: a replay was requested; entries are ignored until it starts. */
  state: 'off' | 'live' | 'lost';
  /** Entries up to this offset are replayed. */
  head: number;
  /** Ids of recently delivered entries: after a reset they may return under other offsets. */
  readonly seen: Set<string>;
  /** Number of failed replay requests. */
  failures: number;
  /** Waits for the stored cursor. */
  begin?: (() => void) | undefined;
  cancel: () => void;
}

/** Number of ids that are kept per room. */
const seenLimit = 1_000;

/** Follows the logs of durable events, for a generated client. */
export function durable(runtime: Runtime, owner: LogsOwner): Logs {
  const { rooms, serverToClient } = runtime.table;
  /** Kinds of the rooms that have a log. */
  const logged = new Set(Object.values(serverToClient).map(({ durable, room }) => durable && room));
  const cursors = runtime.options.cursors?.(runtime);
  const logs = new Map<string, Log>();
  /** Rooms with a log that the server joins for the client. */
  const kinds = Object.keys(rooms).filter((kind) => rooms[kind]!.auto && logged.has(kind));
  /** Set until their stored cursors have been read. */
  let unread = cursors;

  function logOf(name: string): Log {
    let log = logs.get(name);
    if (!log) {
      const kind = kindOf(name);
      // Only the server knows which user's room it is: there is one of each kind.
      const key = own(rooms, kind)?.auto ? kind : name;
      log = { name, key, cursor: null, state: 'off', head: 0, seen: new Set(), failures: 0, cancel };
      logs.set(name, log);
    }
    return log;
  }

  /** Reads the stored cursors of the rooms that the server joins. */
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

  /** Entries are missing: requests a replay from the cursor. */
  function ask(log: Log): void {
    owner.tell(control.sync, { room: log.name, since: log.cursor }, (result) => {
      // A log starts before its request is answered.
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
      // Other rooms must have been joined by this client, and it must not have been evicted.
      const log = rooms[kind]?.auto ? logOf(room) : logs.get(room);
      if (!log) return;
      const { cursor } = log;
      // A log that claims to continue, but from another position, does not.
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
      // A handler may have removed the log.
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

/** Kind of a room, from its name on the wire. */
function kindOf(name: string): string {
  return name.split(':', 1)[0]!;
}

function cursorOf({ epoch, offset, id }: Cursor): Cursor {
  return { epoch, offset, id };
}
