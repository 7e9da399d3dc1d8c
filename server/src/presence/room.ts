import { INVALID, roomName, type RoomEntry, type RoomParams } from '@sockeye/contract/wire';

/** Reads a room's parameters out of its name; undefined where it is no room of that kind. */
export function paramsOfRoom(
  name: string,
  kind: string,
  { params, validator }: RoomEntry,
): RoomParams | undefined {
  if (!name.startsWith(`${kind}:`)) return undefined;
  const values = name
    .slice(kind.length + 1)
    .split(':')
    .map(unescape);
  if (values.length !== params.length) return undefined;
  const texts: RoomParams = Object.fromEntries(params.map((key, index) => [key, values[index]!]));
  if (validator === undefined || validator.encode(texts) !== INVALID) return texts;
  const numbers = Object.entries(texts).map(([key, text]) => [
    key,
    Number.isNaN(Number(text)) ? text : Number(text),
  ]);
  const read = Object.fromEntries(numbers) as RoomParams;
  return roomName(kind, params, read) === name ? read : undefined;
}

function unescape(value: string): string {
  return value.replaceAll('%3A', ':').replaceAll('%25', '%');
}
