/**
 * Commands that take effect once: each has a key, and is sent under it until an answer comes, over as many connections
 * as that takes. They travel side by side, so that one without an answer holds up no other.
 *
 * @module commands
 */
import type { Result } from '@sockeye/contract/wire';
import type { Prepared, Settle, StartCall } from './calls.ts';
import { fail, passing } from './errors.ts';
import type { Runtime } from './runtime.ts';
import type { StoredCommand } from './storage.ts';
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

/** Takes up a command; `done` is called once, when it has ended. */
export type GiveCommand = (call: Prepared, options: RequestOptions, done: Settle) => void;

interface Command extends StoredCommand {
  readonly begin: () => void;
  readonly settle: Settle;
}

/** How many are on their way at the same time. */
const windowSize = 16;
/** From giving a command to the end of waiting for it, in milliseconds, unless a request says otherwise. */
const defaultTimeoutMs = 60_000;

/** Sends the commands of a contract that has some, for a generated client. */
export function once(runtime: Runtime, { start, changed }: CommandsOwner): Commands {
  const { options, clock } = runtime;
  const clientId = randomId();
  const all = new Set<Command>();
  const backlog: Command[] = [];
  const outbox = options.outbox?.(runtime);
  let flying = 0;
  let sequence = 0;
  let closed = false;
  let opened = false;

  function store(): void {
    outbox?.save([...all].map(({ id, event, payload, at }) => ({ id, event, payload, at })));
  }

  function next(): void {
    while (flying < windowSize && backlog.length) backlog.shift()!.begin();
    changed();
  }

  function give(
    call: Prepared,
    { timeoutMs, signal, whenOffline = 'queue' }: RequestOptions,
    done: Settle,
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

  function open(): void {
    if (!opened) outbox?.open(give);
    opened = true;
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
