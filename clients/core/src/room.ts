/**
 * One room. Whatever happens to the connection, `reconcile` compares what the application wants with what was sent to
 * the server, and takes the next step. A second join meanwhile finds nothing to do.
 *
 * @module room
 */
import { success, type Cursor, type ErrorBody, type Result } from '@sockeye/contract/wire';
import type { Calls } from './calls.ts';
import type { Logs } from './durable/logs.ts';
import type { Link } from './connection.ts';
import { fail } from './errors.ts';
import { createEventHub, type EventHub, type Listen } from './event-hub.ts';
import { createLeases, lease, type Lease } from './lease.ts';
import type { Runtime } from './runtime.ts';
import { createStore } from './store.ts';
import type { RoomBase, RoomStatus } from './surface.ts';

/** A room, for the other parts of a client. */
export interface Room {
  /** The handle for the application. */
  readonly handle: RoomBase<object> & { readonly on: Listen };
  readonly hub: EventHub;
  /** The room's projections listen here, until it is left. */
  readonly followers: EventHub | undefined;
  readonly wanted: () => boolean;
  readonly joined: () => boolean;
  /** Whether a join was sent, or waits for a leave to be answered. */
  readonly entering: () => boolean;
  /** Connected: joins if wanted. */
  readonly up: () => void;
  /** Disconnected. */
  readonly down: () => void;
  /** The room's log has started. If not recovered, state built from it must be reloaded. */
  readonly started: (recovered: boolean) => void;
  /** Events were dropped: state that is not built from the log must be reloaded. */
  readonly reload: () => void;
  /** The status may have changed. */
  readonly show: () => void;
  /** The server evicted this member. */
  readonly revoke: (error: ErrorBody) => void;
  readonly close: () => void;
}

/** Parts of a client that its rooms need. */
export interface RoomParts {
  readonly runtime: Runtime;
  readonly link: Link;
  readonly calls: Pick<Calls, 'ask' | 'tell' | 'flush'>;
  readonly logs: Logs | undefined;
}

/** Options of a room. */
export interface RoomSetup extends RoomParts {
  /** Its name in the contract. */
  readonly kind: string;
  readonly name: string;
  readonly params: object;
  /** Called when the room starts or stops being used. */
  readonly inUse: (used: boolean) => void;
  /** Called after every answer to a join. */
  readonly settled: () => void;
}

/** Creates a room that is not joined. */
export function createRoom(setup: RoomSetup): Room {
  const { kind, name, params, runtime, link, calls, logs } = setup;
  const { table, clock, report, features } = runtime;
  const eventThat = (field: 'joins' | 'leaves') =>
    Object.keys(table.clientToServer).find((event) => table.clientToServer[event]![field] === kind);
  const leaves = eventThat('leaves');
  let phase: RoomStatus['phase'] = 'idle';
  let data: unknown;
  let error: ErrorBody | undefined;
  let recovering: boolean | undefined;
  const status = createStore(() => ({ phase, data, error, recovering }) as RoomStatus, {
    report,
    watch: touch,
  });
  const hub = createEventHub(report, touch);
  const projections = features.projections?.(runtime, {
    room: kind,
    params,
    name,
    touch,
    tell: calls.tell,
  });
  const waiters = new Set<(result: Result<unknown>) => void>();
  /** What was sent to the server. */
  let told: 'out' | 'joining' | 'in' | 'leaving' = 'out';
  let share: Lease | undefined;
  let denied = false;
  /** The log continues from the cursor. */
  let recovered = false;
  let failures = 0;
  let cancelRetry = (): void => undefined;

  const leases = createLeases(
    runtime,
    () => {
      share = link.take();
      renew();
    },
    () => {
      reconcile();
      share?.release();
    },
  );

  function touch(): void {
    const isWatched = hub.used() || status.watched() || !!projections?.watched();
    setup.inUse(leases.open() || told !== 'out' || isWatched);
  }

  /** Clears earlier failures and continues. */
  function renew(): void {
    denied = false;
    error = undefined;
    failures = 0;
    reconcile();
  }

  function reconcile(): void {
    cancelRetry();
    const wanted = leases.open();
    if (link.up()) {
      if (wanted && told === 'out' && !denied) {
        told = 'joining';
        recovered = false;
        if (logs) logs.open(kind, name, join);
        else join();
      } else if (!wanted && told === 'in') {
        told = leaves ? 'leaving' : 'out';
        if (leaves) calls.ask({ event: leaves, payload: params }, onLeave);
      }
    }
    show();
    touch();
  }

  function join(since?: Cursor | null): void {
    calls.ask(
      { event: eventThat('joins')!, payload: params, meta: since === undefined ? since : { since } },
      onJoin,
    );
  }

  function onJoin(result: Result<unknown>): void {
    told = result.ok ? 'in' : 'out';
    error = undefined;
    if (result.ok) {
      failures = 0;
      data = result.data;
    } else if (result.error.code !== 'DISCONNECTED') {
      error = result.error;
      denied = !error.retryable;
    }
    if (result.ok || error) answer(result);
    if (error && !denied && leases.open()) {
      show();
      cancelRetry = clock.after(runtime.backoff(++failures) + (error.retryAfterMs ?? 0), reconcile);
    } else {
      reconcile();
    }
    setup.settled();
  }

  function onLeave(): void {
    told = 'out';
    logs?.leave(name);
    reconcile();
  }

  function answer(result: Result<unknown>): void {
    for (const done of [...waiters]) done(result);
    waiters.clear();
  }

  function show(): void {
    const shown = status.store.getSnapshot();
    phase = phaseNow();
    if (phase === 'left' || denied) data = undefined;
    if (phase === 'left') error = undefined;
    recovering = phase === 'joined' ? !!logs?.recovering(name) : undefined;
    const isSame = phase === shown.phase;
    if (isSame && data === shown.data && error === shown.error && recovering === shown.recovering) return;
    status.change();
    if (isSame) return;
    if (phase === 'left' || phase === 'denied') projections?.clear();
    else if (phase === 'joined') projections?.up(recovered);
    else if (shown.phase === 'joined') projections?.down();
  }

  function phaseNow(): RoomStatus['phase'] {
    if (!leases.open()) return phase === 'idle' ? phase : 'left';
    if (denied) return 'denied';
    if (!link.up()) return 'waiting';
    return told === 'in' ? 'joined' : 'joining';
  }

  return {
    handle: {
      name,
      params,
      status: status.store,
      on: hub.on,
      ...projections?.stores,
      join: () => {
        let give = (_: Result<unknown>): void => undefined;
        const ready = new Promise<Result<unknown>>((resolve) => (give = resolve));
        waiters.add(give);
        const again = denied && leases.open();
        const held = leases.take();
        if (again) renew();
        if (told === 'in') give(success(data));
        else if (!leases.open()) give(fail('DISCONNECTED'));
        const release = (): void => {
          held.release();
          waiters.delete(give);
          give(fail('ABORTED'));
        };
        return { ...lease(release), ready };
      },
    },
    hub,
    get followers() {
      // Events sent before the server received the leave are for a room that was cleared.
      return phase === 'left' || phase === 'denied' ? undefined : projections?.hub;
    },
    wanted: leases.open,
    joined: () => told === 'in' && leases.open(),
    entering: () => leases.open() && told !== 'in' && !denied,
    up: renew,
    down: () => {
      told = 'out';
      reconcile();
    },
    started: (isRecovered) => {
      recovered = isRecovered;
      if (!recovered && phase === 'joined') projections?.up(false);
    },
    // Entries of the log are never dropped.
    reload: () => projections?.up(true),
    show,
    revoke: (why) => {
      told = 'out';
      denied = true;
      error = why;
      reconcile();
    },
    close: () => {
      leases.end();
      cancelRetry();
      answer(fail('DISCONNECTED'));
      hub.clear();
      told = 'out';
      show();
      projections?.close();
      touch();
    },
  };
}
