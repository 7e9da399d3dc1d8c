/** Values of a room's parameters, in wire form. */
export type RoomParams = Readonly<Record<string, string | number>>;

/**
 * Name of a Socket.IO room: `workspace:w1`, or `seat:a%3Ab:2` for several parameters.
 *
 * Parameters follow in the order of `keys`, which generated tables sort by code unit, so that both ends and plain
 * clients use the same name. `%` and `:` in a value are percent-encoded (RFC 3986); everything else is kept.
 */
export function roomName(
  room: string,
  keys: readonly string[],
  params: Readonly<Record<string, unknown>>,
): string {
  let name = room;
  for (const key of keys) name += `:${String(params[key]).replace(/[%:]/g, encodeURIComponent)}`;
  return name;
}
