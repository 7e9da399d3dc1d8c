import { checkEventName, checkField, type ProjectionPlace } from './check-projections.ts';
import { fieldsOf, isObjectSchema, isPlainObject } from './inspect-schema.ts';
import type { PresenceSpec } from './projection.ts';
import { checkKeys, didYouMean, quote } from './report.ts';

/** Checks a presence projection: its room is joined, its users have a key, its list can be sent. */
export function checkPresence(place: ProjectionPlace, spec: PresenceSpec): void {
  const { path, report } = place;
  checkKeys(spec, { known: ['summary', 'room', 'of', 'key', 'list'], path, report });
  checkRoom(place, spec.room);
  if (!isObjectSchema(spec.of))
    return report([...path, 'of'], 'Users need an object schema.', 'Write of: OnlineUser.');
  checkField(place, { fields: fieldsOf(spec.of) ?? {}, field: spec.key, at: 'key', of: 'a user' });
  checkList(place, spec);
}

function checkRoom({ spec, path, report }: ProjectionPlace, room: unknown): void {
  const rooms = isPlainObject(spec.rooms) ? Object.keys(spec.rooms) : [];
  if (typeof room !== 'string' || !rooms.includes(room)) {
    const hint = didYouMean(room, rooms) ?? 'Name a room of the contract.';
    return report([...path, 'room'], `There is no room ${quote(room)}.`, hint);
  }
  const isJoined = Object.values(spec.clientToServer ?? {}).some((event) => event?.spec?.joins === room);
  if (isJoined) return;
  report([...path, 'room'], `No client joins room "${room}".`, `Add joins: '${room}' to an event.`);
}

function checkList(place: ProjectionPlace, { room, list }: PresenceSpec): void {
  if (list === undefined) return;
  const { spec, path, report } = place;
  const [entry, ...others] = isPlainObject(list) ? Object.entries(list) : [];
  if (entry === undefined || others.length > 0) {
    return report([...path, 'list'], 'The list is not one event.', "Write list: { online_users: 'users' }.");
  }
  const [event, field] = entry;
  const fields = checkEventName(place, 'list', event);
  if (!fields) return;
  checkField(place, { fields, field, at: 'list', of: `"${event}"` });
  if (spec.serverToClient[event]?.spec?.room !== room) {
    report([...path, 'list'], `"${event}" does not go to room "${room}".`, `Give it room: '${room}'.`);
  }
  const params = Object.keys(spec.rooms?.[room]?.params ?? {});
  for (const name of Object.keys(fields)) {
    if (name === field || params.includes(name)) continue;
    report(
      [...path, 'list'],
      `Nothing fills field "${name}" of "${event}".`,
      "Keep to the list and the room's parameters.",
    );
  }
}
