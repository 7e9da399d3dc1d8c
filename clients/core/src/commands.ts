/**
 * Commands that take effect once: each has a key, and is sent under it until an answer comes, over as many connections
 * as that takes. They travel side by side, so that one without an answer holds up no other.
 *
 * @module commands
 */
import type { Result } from '@sockeye/contract/wire';
import { roomOf, type Prepared, type StartCall } from './calls.ts';
import { ContractError, fail, passing } from './errors.ts';
import { own } from './record.ts';
import type { Runtime } from './runtime.ts';
import { whenStored, type StoredCommand } from './storage.ts';
import { whenAborted } from './subscribers.ts';
import type { RequestOptions } from './surface.ts';

/** The commands of one client. */
export interface Commands {
  /** Takes up what an earlier page has left; the second call does nothing. */
  readonly open: () => void;
  /** How many wait for others to be answered. */
  readonly waiting: () => number;
  readonly run: (call: Prepared, options: RequestOptions) => Promise<Result<unknown>>;
  /** Ends all of them with DISCONNECTED, for good, and removes what is stored. */
  readonly close: () => void;
}

/** What commands need of the rest of a client. */
export interface CommandsOwner {
  readonly start: StartCall;
  /** {@link Commands.waiting} may be another one. */
  readonly changed: () => void;
}

interface Command extends StoredCommand {
  readonly begin: () => void;
  readonly settle: (result: Result<unknown>) => void;
}

/** How many are on their way at the same time. */
const windowSize = 16;
/** From giving a command to the end of waiting for it, in milliseconds, unless a request says otherwise. */
const defaultTimeoutMs = 60_000;
/** Age at which a stored command is not sent any more, in milliseconds: its key may be forgotten by the server. */
const storedMs = 12 * 3_600_000;

/** Sends the commands of a contract that has some, for a generated client. */
export function once(runtime: Runtime, { start, changed }: CommandsOwner): Commands {
  const { table, options, clock, report } = runtime;
  const clientId = randomId();
  const all = new Set<Command>();
  const backlog: Command[] = [];
  const storage = options.outbox;
  const key = table.contract.contract;
  let flying = 0;
  let sequence = 0;
  let closed = false;
  let restored = !storage;
  let opened = restored;
  let writing = false;
  let stale = false;

  /** Stores what waits; one write at a time, so that none is overtaken. */
  function store(): void {
    stale = true;
    if (!storage || !restored || writing) return;
    stale = false;
    writing = true;
    const commands = [...all].map(({ id, event, payload, at }) => ({ id, event, payload, at }));
    const write = () => (commands.length ? storage.set(key, { version: 1, commands }) : storage.remove(key));
    whenStored(runtime, write, () => {
      writing = false;
      if (stale) store();
    });
  }

  function next(): void {
    while (flying < windowSize && backlog.length) backlog.shift()!.begin();
    changed();
  }

  function give(
    call: Prepared,
    { timeoutMs, signal, whenOffline = 'queue' }: RequestOptions,
    done: (result: Result<unknown>) => void,
  ): void {
    const abort = new AbortController();
    /** What an earlier page has left waits for its room, and holds up nothing meanwhile. */
    const weight = call.patient ? 0 : 1;
    let state: 'waiting' | 'flying' | 'settled' = 'waiting';
    let failures = 0;
    let cancelRetry = (): void => undefined;
    let ignore = (): void => undefined;
    const command: Command = {
      id: call.meta!.id!,
      event: call.event,
      payload: call.args[0],
      at: call.at ?? clock.now(),
      begin: () => {
        if (state === 'waiting') flying += weight;
        state = 'flying';
        start(call, { signal: abort.signal, whenOffline }, (result) => {
          const isOpen = !result.ok && passing.includes(result.error.code) && whenOffline === 'queue';
          if (state === 'settled' || !isOpen) return command.settle(result);
          const { code, retryAfterMs } = result.error;
          if (code === 'DISCONNECTED') return command.begin();
          const delay = retryAfterMs ?? runtime.backoff(++failures);
          cancelRetry = clock.after(delay, command.begin);
        });
      },
      settle: (result) => {
        if (state === 'settled') return;
        if (state === 'flying') flying -= weight;
        else backlog.splice(backlog.indexOf(command), 1);
        state = 'settled';
        cancelRetry();
        cancelTimer();
        ignore();
        all.delete(command);
        abort.abort();
        store();
        done(result);
        if (closed) changed();
        else next();
      },
    };
    const end = (code: string) => command.settle(fail(code));
    const cancelTimer = clock.after(timeoutMs ?? defaultTimeoutMs, () => end('TIMEOUT'));
    all.add(command);
    backlog.push(command);
    if (closed) return end('DISCONNECTED');
    ignore = whenAborted(signal, () => end('ABORTED'));
    // What travels does not wait.
    if (backlog.length > (options.queueLimit ?? 100)) return end('UNAVAILABLE');
    store();
    next();
  }

  /** Sends on what an earlier page has left. */
  function restore(stored: unknown): void {
    restored = true;
    for (const { id, event, payload, at } of readStored(stored)) {
      const entry = own(table.clientToServer, event);
      const left = at + storedMs - clock.now();
      if (!entry?.once || !(left > 0 && left <= storedMs)) continue;
      give(
        {
          event,
          entry,
          args: entry.payload ? [payload] : [],
          meta: { id },
          at,
          room: roomOf(table, entry, payload),
          patient: true,
        },
        { timeoutMs: left },
        // Who gave it is gone.
        (result) => result.ok || report(new ContractError(result.error.code, result.error)),
      );
    }
    store();
  }

  function open(): void {
    if (opened) return;
    opened = true;
    whenStored(runtime, () => storage!.get(key), restore);
  }

  return {
    open,
    waiting: () => backlog.length,
    run: (call, how) => {
      open();
      return new Promise((done) => give({ ...call, meta: { id: `${clientId}:${++sequence}` } }, how, done));
    },
    close: () => {
      closed = true;
      for (const { settle: end } of [...all]) end(fail('DISCONNECTED'));
    },
  };
}

/** Also where a page is not served over HTTPS, and has no `crypto.randomUUID`. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function readStored(value: unknown): readonly StoredCommand[] {
  const { version, commands } = Object(value) as { version?: unknown; commands?: unknown };
  if (version !== 1 || !Array.isArray(commands)) return [];
  return (commands as unknown[]).filter((command): command is StoredCommand => {
    const { id, event, at } = Object(command) as Record<string, unknown>;
    return typeof id === 'string' && typeof event === 'string' && typeof at === 'number';
  });
}
