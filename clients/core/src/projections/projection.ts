import type { ProjectionEntry } from '@sockeye/contract/wire';
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
  /** Events arrive from here on. */
  readonly up?: () => void;
  /** They do not for now; what was missed will not be told. */
  readonly down?: () => void;
  /** Forgets everything. */
  readonly clear: () => void;
  /** Forgets everything for good. */
  readonly close: () => void;
}

/** All projections of one room, or those of a client. */
export interface Projections {
  /** By name. */
  readonly stores: Readonly<Record<string, object>>;
  readonly hub: EventHub;
  readonly watched: () => boolean;
  readonly up: () => void;
  readonly down: () => void;
  readonly clear: () => void;
  readonly close: () => void;
}

/** Whose projections to make. */
export interface ProjectionOwner {
  /** Kind of the room; undefined for the client itself. */
  readonly room?: string | undefined;
  readonly params?: object;
  /** Called after somebody began or ceased to watch. */
  readonly touch?: () => void;
}

/** Makes the projections of one owner; empty where the contract has none. */
export function createProjections(
  { table, options, clock, report }: Runtime,
  { room, params, touch }: ProjectionOwner,
): Projections {
  const hub = createEventHub(report);
  const stores: Record<string, object> = {};
  const made: Projection[] = [];
  for (const [name, entry] of Object.entries(table.projections ?? {})) {
    if (entry.room !== room) continue;
    const load = options.projections?.[name]?.load as ((...args: unknown[]) => unknown) | undefined;
    const projection: Projection = (entry as ClientProjectionEntry).create({
      clock,
      frame: options.frame,
      report,
      on: (event, run) => hub.on(event, run),
      watch: () => {
        projection.watch?.();
        touch?.();
      },
      load: load && ((signal) => (params ? load(params, { signal }) : load({ signal }))),
    });
    stores[name] = projection.store;
    made.push(projection);
  }
  const tell = (what: 'up' | 'down' | 'clear' | 'close') => () => {
    for (const projection of made) projection[what]?.();
  };
  return {
    stores,
    hub,
    watched: () => made.some((projection) => projection.watched()),
    up: tell('up'),
    down: tell('down'),
    clear: tell('clear'),
    close: tell('close'),
  };
}

/** What `collection`, `expiring`, `latest` and `feed` make for a table. */
export interface ClientProjectionEntry extends ProjectionEntry {
  readonly create: (host: ProjectionHost) => Projection;
}
