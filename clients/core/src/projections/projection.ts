import type { ProjectionEntry } from '@sockeye/contract/wire';
import type { Calls } from '../calls.ts';
import { createEventHub, type EventHub } from '../event-hub.ts';
import type { Runtime } from '../runtime.ts';

/** What a projection is given by the room or the client that owns it. */
export interface ProjectionHost {
  readonly runtime: Runtime;
  /** The room or the client. */
  readonly owner: ProjectionOwner;
  /** The projection's name in the contract. */
  readonly name: string;
  /** Follows an event, checked and in application form. */
  readonly on: (event: string, run: (payload: Fields) => void) => void;
  /** Called after somebody began or ceased to watch. */
  readonly watch: () => void;
  /** Brings the rows to begin with, where the application said how. */
  readonly load?: ((signal: AbortSignal) => unknown) | undefined;
}

/** A payload or a row, by the names of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** State that follows events, as its owner sees it. */
export interface Projection {
  /** What the application gets. */
  readonly store: object;
  readonly watched: () => boolean;
  /** Somebody began or ceased to watch. */
  readonly watch?: () => void;
  /** Events arrive from here on. `recovered`: and none was missed since they last did. */
  readonly up?: (recovered: boolean) => void;
  /** They do not for now. */
  readonly down?: () => void;
  /** Forgets everything. */
  readonly clear: () => void;
  /** Announces what has changed so far, and nothing any more. */
  readonly close: () => void;
}

/** All projections of one room, or those of a client. */
export interface Projections {
  /** By name. */
  readonly stores: Readonly<Record<string, object>>;
  readonly hub: EventHub;
  readonly watched: () => boolean;
  /** @param recovered The room's log goes on where it was left. */
  readonly up: (recovered?: boolean) => void;
  readonly down: () => void;
  /** The log of a room of this kind has begun. */
  readonly started: (kind: string, recovered: boolean) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

/** Whose projections to make. */
export interface ProjectionOwner {
  /** Kind of the room; undefined for the client itself. */
  readonly room?: string | undefined;
  readonly params?: object;
  /** The room's name on the wire. */
  readonly name?: string;
  /** Sends a control event, where there is a connection; its answer is read in the turn in which it comes. */
  readonly tell?: Calls['tell'];
  /** Called after somebody began or ceased to watch. */
  readonly touch?: () => void;
}

/** How long a log of a room that the server joins by itself may take to begin, in milliseconds. */
const logMs = 3_000;

/** Makes the projections of one owner, for a generated client whose contract has some. */
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
  /** Without a log, as a server has it that knows none. */
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
      // One whose log goes on tells so, or goes on in silence.
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
  /** Logs tell of everything that it follows. */
  readonly isDurable: boolean;
  /** Kinds of the rooms whose logs it waits for after a connect. */
  readonly awaits: ReadonlySet<string> | undefined;
}

/** What `collection`, `expiring`, `latest` and `feed` make for a table. */
export interface ClientProjectionEntry extends ProjectionEntry {
  readonly create: (host: ProjectionHost) => Projection;
}
