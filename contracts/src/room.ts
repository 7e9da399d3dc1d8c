import type * as z from 'zod';

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
}

/** What a room may be told besides its parameters. */
export interface RoomOptions<Auto> {
  /**
   * Lets the server join every socket to its own room when it connects, each parameter read from a field of the
   * identity: `room({ userId: UserId }, { auto: { userId: 'id' } })`. Default: joined only by an event with `joins`.
   */
  readonly auto?: Auto;
  /** One sentence for the generated documentation. */
  readonly summary?: string;
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
  return { kind: 'room', params, auto: options.auto as Auto, summary: options.summary };
}
