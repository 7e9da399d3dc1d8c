import type * as z from 'zod';
import type { Duration } from './duration.ts';

/** Schemas of a room's parameters: strings or numbers with the same wire and application form. */
export type RoomShape = Readonly<Record<string, z.ZodType<string | number, string | number>>>;

/** A room that sockets join: its parameters, and how sockets join it. */
export interface RoomDefinition<
  Params extends RoomShape = RoomShape,
  Auto extends Readonly<Record<string, string>> | undefined = Readonly<Record<string, string>> | undefined,
> {
  readonly kind: 'room';
  readonly params: Params;
  /** The identity field for each parameter: the server joins the room on connect. */
  readonly auto: Auto;
  readonly summary: string | undefined;
  readonly history: History | undefined;
  readonly keep: number | undefined;
  readonly maxAge: Duration | undefined;
}

/**
 * Which of a room's durable events a member may read. `full`: all that are kept. `sinceJoin`: those since the date that
 * the server's authorizer returns with `memberSince(date)`.
 */
export type History = 'full' | 'sinceJoin';

/** Options of a room. */
export interface RoomOptions<Auto> {
  /**
   * The server joins each socket to its room on connect and reads each parameter from a field of the identity:
   * `room({ userId: UserId }, { auto: { userId: 'id' } })`. Default: sockets join only by an event with `joins`.
   */
  readonly auto?: Auto;
  /** One sentence for the generated documentation. */
  readonly summary?: string;
  /** With durable events: how much of the room's past a member may read. Default: `full`. */
  readonly history?: History;
  /** With durable events: how many are kept. A client that is further behind reloads. Default: 10,000. */
  readonly keep?: number;
  /** With durable events: how long they are kept. Default: `'7d'`. */
  readonly maxAge?: Duration;
}

/**
 * Declares a room by its parameters.
 *
 * @example room({ workspaceId: WorkspaceId })
 */
export function room<
  const Params extends RoomShape,
  const Auto extends { readonly [P in keyof Params]: string } | undefined = undefined,
>(params: Params, options: RoomOptions<Auto> = {}): RoomDefinition<Params, Auto> {
  const { auto, summary, history, keep, maxAge } = options;
  return { kind: 'room', params, auto: auto as Auto, summary, history, keep, maxAge };
}
