import { control, type ProjectionEntry, type Validator } from '@sockeye/contract/wire';
import type { Checked } from '../boundary.ts';
import type { Clock } from '../clock.ts';
import { createEventHub, type EventHub } from '../event-hub.ts';
import type { Runtime } from '../runtime.ts';
import type { Scheduler } from './scheduler.ts';

/** What a projection is given by the room or the client that owns it. */
export interface ProjectionHost {
  readonly clock: Clock;
  /** Default: the machine's frames. */
  readonly frame?: Scheduler | undefined;
  /** Takes what the application's own functions throw. */
  readonly report: (error: unknown) => void;
  /** Follows an event, checked and in application form. */
  readonly on: (event: string, run: (payload: Fields) => void) => void;
  /** Called after somebody began or ceased to watch. */
  readonly watch: () => void;
  /** The projection's name in the contract. */
  readonly name?: string | undefined;
  /** Name of the room that owns the state. */
  readonly room?: string | undefined;
  /** Checks what came beside the contract's events. */
  readonly decode?: ((validator: Validator, wire: unknown) => Checked) | undefined;
  /** Sends a control event, where there is a connection; `done` is told whether the server did as asked. */
  readonly ask?: ProjectionOwner['ask'];
  /** Parameters of the room that owns the state. */
  readonly params?: object | undefined;
  /** Hands an event to those who listen, as if it had come from the server. */
  readonly relay?: Runtime['relay'];
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
  readonly ask?: ((event: string, payload: object, done: (ok: boolean) => void) => void) | undefined;
  /** Called after somebody began or ceased to watch. */
  readonly touch?: () => void;
}

/** How long a log of a room that the server joins by itself may take to begin, in milliseconds. */
const logMs = 3_000;

/** Makes the projections of one owner, for a generated client whose contract has some. */
export function projections(
  runtime: Runtime,
  { room, params, name: roomName, touch, ask }: ProjectionOwner,
): Projections {
  const { table, options, features, clock, report, boundary } = runtime;
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
      clock,
      frame: options.frame,
      report,
      name,
      room: roomName,
      decode: (validator, wire) => boundary.decode(control.presence, validator, wire),
      ask,
      params,
      relay: (event, wire) => runtime.relay?.(event, wire),
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
