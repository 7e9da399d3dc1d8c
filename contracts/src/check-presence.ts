import { checkEventName, checkField, type ProjectionPlace } from './check-projections.ts';
import { fieldsOf, isObjectSchema, isPlainObject } from './inspect-schema.ts';
import type { PresenceSpec } from './projection.ts';
import { checkKeys, didYouMean, quote } from './report.ts';

/** Checks a presence projection: an event joins its room, its users have a key, and its list can be sent. */
export function checkPresence(place: ProjectionPlace, spec: PresenceSpec): void {
  const { path, report } = place;
  checkKeys(spec, { known: ['summary', 'room', 'of', 'key', 'list'], path, report });
  checkRoom(place, spec.room);
  if (!isObjectSchema(spec.of))
    return report(
      [...path, 'of'],
      'The schema of a user is not an object schema.',
      'Write of: z.object({ ... }).',
    );
  checkField(place, { fields: fieldsOf(spec.of) ?? {}, field: spec.key, at: 'key', of: 'a user' });
  checkList(place, spec);
}

function checkRoom({ spec, path, report }: ProjectionPlace, room: unknown): void {
  const rooms = isPlainObject(spec.rooms) ? Object.keys(spec.rooms) : [];
  if (typeof room !== 'string' || !rooms.includes(room)) {
    const hint = didYouMean(room, rooms) ?? 'Use a room of the contract.';
    return report([...path, 'room'], `Unknown room ${quote(room)}.`, hint);
  }
  const isJoined = Object.values(spec.clientToServer ?? {}).some((event) => event?.spec?.joins === room);
  if (isJoined) return;
  report([...path, 'room'], `No event joins room "${room}".`, `Add joins: '${room}' to an event.`);
}

function checkList(place: ProjectionPlace, { room, list }: PresenceSpec): void {
  if (list === undefined) return;
  const { spec, path, report } = place;
  const [entry, ...others] = isPlainObject(list) ? Object.entries(list) : [];
  if (entry === undefined || others.length > 0) {
    return report(
      [...path, 'list'],
      'list must contain exactly one event.',
      "Write list: { online_users: 'users' }.",
    );
  }
  const [event, field] = entry;
  const fields = checkEventName(place, 'list', event);
  if (!fields) return;
  checkField(place, { fields, field, at: 'list', of: `"${event}"` });
  if (spec.serverToClient[event]?.spec?.room !== room) {
    report([...path, 'list'], `"${event}" does not go to room "${room}".`, `Add room: '${room}' to it.`);
  }
  const params = Object.keys(spec.rooms?.[room]?.params ?? {});
  for (const name of Object.keys(fields)) {
    if (name === field || params.includes(name)) continue;
    report(
      [...path, 'list'],
      `Field "${name}" of "${event}" is neither the list nor a parameter of the room.`,
      'Remove the field.',
    );
  }
}
