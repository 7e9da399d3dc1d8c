import type { ProjectionEntry } from '@sockeye/contract/wire';
import type { Calls } from '../calls.ts';
import { createEventHub, type EventHub } from '../event-hub.ts';
import type { Runtime } from '../runtime.ts';

/** What a projection receives from the room or the client that owns it. */
export interface ProjectionHost {
  readonly runtime: Runtime;
  /** The room or the client. */
  readonly owner: ProjectionOwner;
  /** The projection's name in the contract. */
  readonly name: string;
  /** Listens to an event, validated and in application form. */
  readonly on: (event: string, run: (payload: Fields) => void) => void;
  /** Called after someone subscribed or unsubscribed. */
  readonly watch: () => void;
  /** Loads the initial rows, if the application provides it. */
  readonly load?: ((signal: AbortSignal) => unknown) | undefined;
}

/** A payload or a row, by the names of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** A projection, for its owner. */
export interface Projection {
  /** The store for the application. */
  readonly store: object;
  readonly watched: () => boolean;
  /** Someone subscribed or unsubscribed. */
  readonly watch?: () => void;
  /** Events arrive from now on. `recovered`: none was missed since they last did. */
  readonly up?: (recovered: boolean) => void;
  /** Events no longer arrive. */
  readonly down?: () => void;
  /** Clears all state. */
  readonly clear: () => void;
  /** Notifies subscribers of pending changes, and of no later ones. */
  readonly close: () => void;
}

/** All projections of one room, or those of a client. */
export interface Projections {
  /** By name. */
  readonly stores: Readonly<Record<string, object>>;
  readonly hub: EventHub;
  readonly watched: () => boolean;
  /** @param recovered Whether the room's log continues from the cursor. */
  readonly up: (recovered?: boolean) => void;
  readonly down: () => void;
  /** The log of a room of this kind has started. */
  readonly started: (kind: string, recovered: boolean) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

/** Owner of projections. */
export interface ProjectionOwner {
  /** Kind of the room; undefined for the client itself. */
  readonly room?: string | undefined;
  readonly params?: object;
  /** The room's name on the wire. */
  readonly name?: string;
  /** Sends a control event, if connected; its answer is handled synchronously. */
  readonly tell?: Calls['tell'];
  /** Called after someone subscribed or unsubscribed. */
  readonly touch?: () => void;
}

/** Time limit for the start of the log of a room that the server joins, in milliseconds. */
const logMs = 3_000;

/** Creates the projections of one owner, for a generated client. */
export function projections(runtime: Runtime, owner: ProjectionOwner): Projections {
  const { table, options, features, clock, report } = runtime;
  const { room, params, touch } = owner;
  const hub = createEventHub(report);
  const stores: Record<string, object> = {};
  const made: Owned[] = [];
  let cancel = (): void => undefined;
  for (const [name, entry] of Object.entries(table.projections ?? {})) {
    if (entry.room !== room) continue;
    const load = options.projections?.[name]?.load as ((...args: unknown[]) => unknown) | undefined;
    const kinds = new Set<string>();
    let isDurable = !!features.durable;
    const projection: Projection = (entry as ClientProjectionEntry).create({
      runtime,
      owner,
      name,
      on: (event, run) => {
        const { durable, room: kind = '' } = table.serverToClient[event] ?? {};
        isDurable &&= !!durable;
        kinds.add(kind);
        hub.on(event, run);
      },
      watch: () => {
        projection.watch?.();
        touch?.();
      },
      load: load && ((signal) => (params ? load(params, { signal }) : load({ signal }))),
    });
    stores[name] = projection.store;
    const isAuto = room === undefined && [...kinds].every((kind) => table.rooms[kind]?.auto);
    made.push({ projection, isDurable, awaits: isDurable && isAuto ? kinds : undefined });
  }
  /** Starts without a log, for a server that has none. */
  const upAlone = (): void => {
    for (const { projection, awaits } of made) if (awaits) projection.up?.(false);
  };
  const clear = (): void => {
    cancel();
    for (const { projection } of made) projection.clear();
  };
  return {
    stores,
    hub,
    watched: () => made.some(({ projection }) => projection.watched()),
    up: (recovered = false) => {
      for (const { projection, isDurable, awaits } of made) {
        if (!awaits) projection.up?.(recovered && isDurable);
      }
      // A log that continues may not announce it.
      if (!recovered && made.some(({ awaits }) => awaits)) cancel = clock.after(logMs, upAlone);
    },
    started: (kind, recovered) => {
      for (const { projection, awaits } of made) {
        if (!awaits?.has(kind)) continue;
        cancel();
        projection.up?.(recovered);
      }
    },
    down: () => {
      cancel();
      for (const { projection } of made) projection.down?.();
    },
    clear,
    close: () => {
      clear();
      for (const { projection } of made) projection.close();
    },
  };
}

interface Owned {
  readonly projection: Projection;
  /** All of its events are durable. */
  readonly isDurable: boolean;
  /** Kinds of the rooms whose logs it waits for after a connect. */
  readonly awaits: ReadonlySet<string> | undefined;
}

/** An entry of a table, created by `collection`, `expiring`, `latest`, `feed` and `presence`. */
export interface ClientProjectionEntry extends ProjectionEntry {
  readonly create: (host: ProjectionHost) => Projection;
}
