import type * as z from 'zod';
import type { Duration } from './duration.ts';

/** Schemas of a room's parameters: strings or numbers whose wire and application form are the same. */
export type RoomShape = Readonly<Record<string, z.ZodType<string | number, string | number>>>;

/** A room that sockets join: its parameters, and how one gets in. */
export interface RoomDefinition<
  Params extends RoomShape = RoomShape,
  Auto extends Readonly<Record<string, string>> | undefined = Readonly<Record<string, string>> | undefined,
> {
  readonly kind: 'room';
  readonly params: Params;
  /** For each parameter the identity field it is read from; such a room is joined by the server on connect. */
  readonly auto: Auto;
  readonly summary: string | undefined;
  readonly history: History | undefined;
  readonly keep: number | undefined;
  readonly maxAge: Duration | undefined;
}

/**
 * Which of a room's durable events a member may read: with `full`, all that are kept; with `sinceJoin`, those since the
 * moment that the server's authorizer returns.
 */
export type History = 'full' | 'sinceJoin';

/** Options of a room. */
export interface RoomOptions<Auto> {
  /**
   * The server joins every socket to its own room when it connects; each parameter is read from a field of the
   * identity: `room({ userId: UserId }, { auto: { userId: 'id' } })`. Default: joined only by an event with `joins`.
   */
  readonly auto?: Auto;
  /** One sentence for the generated documentation. */
  readonly summary?: string;
  /** With durable events: what a member may read of the room's past. Default: `full`. */
  readonly history?: History;
  /** With durable events: how many are kept; a client further behind reloads. Default: 10,000. */
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
