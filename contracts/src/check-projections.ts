import type { ContractSpec } from './define.ts';
import { durationMs } from './duration.ts';
import { fieldsOf, isCount, isObjectSchema, isPlainObject, mayBeAbsent } from './inspect-schema.ts';
import { checkPresence } from './check-presence.ts';
import type {
  CollectionSpec,
  ExpiringSpec,
  FeedSpec,
  LatestSpec,
  ProjectionDefinition,
} from './projection.ts';
import { checkKeys, didYouMean, quote, type Report } from './report.ts';

/** Where a projection is defined. */
export interface ProjectionPlace {
  readonly spec: ContractSpec;
  readonly path: readonly string[];
  readonly report: Report;
}

/** Checks the projections: their events, the fields that they read, and that all events of one go to one room. */
export function checkProjections(spec: ContractSpec, report: Report): void {
  if (spec.projections === undefined) return;
  if (!isPlainObject(spec.projections)) {
    return report(['projections'], 'projections is not an object.', 'Write { tasks: collection({ ... }) }.');
  }
  for (const [name, projection] of Object.entries(spec.projections)) {
    const place: ProjectionPlace = { spec, path: ['projections', name], report };
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      report(place.path, `"${name}" is not a valid projection name.`, 'Use camel case: "onlineUsers".');
    }
    checkProjection(place, projection);
  }
}

function checkProjection(place: ProjectionPlace, projection: ProjectionDefinition): void {
  const whole = isPlainObject(projection) && isPlainObject(projection.spec) ? projection : undefined;
  switch (whole?.kind) {
    case 'collection':
      return checkCollection(place, whole.spec);
    case 'expiring':
      return checkExpiring(place, whole.spec);
    case 'latest':
      return checkLatest(place, whole.spec);
    case 'feed':
      return checkFeed(place, whole.spec);
    case 'presence':
      return checkPresence(place, whole.spec);
    default:
      place.report(
        place.path,
        'This is not a projection.',
        'Write collection(...), expiring(...), latest(...), feed(...) or presence(...).',
      );
  }
}

/** Events that a projection listens to, in the order in which they are named. */
export function eventsOfProjection(
  projection: NonNullable<ContractSpec['projections']>[string],
): readonly string[] {
  switch (projection.kind) {
    case 'collection':
      return [projection.spec.upsert, projection.spec.patch, projection.spec.remove].flatMap((part) =>
        Object.keys(part ?? {}),
      );
    case 'expiring':
      return [projection.spec.event, ...Object.keys(projection.spec.clear ?? {})];
    case 'latest':
    case 'feed':
      return [projection.spec.event];
    case 'presence':
      return Object.keys(projection.spec.list ?? {});
    default:
      return projection satisfies never;
  }
}

function checkCollection(place: ProjectionPlace, spec: CollectionSpec): void {
  const known = ['summary', 'of', 'key', 'version', 'upsert', 'patch', 'remove'];
  checkKeys(spec, { known, path: place.path, report: place.report });
  if (!isObjectSchema(spec.of))
    return place.report(
      [...place.path, 'of'],
      'The schema of a row is not an object schema.',
      'Write of: z.object({ ... }).',
    );
  const row = fieldsOf(spec.of) ?? {};
  checkField(place, { fields: row, field: spec.key, at: 'key', of: 'a row' });
  if (spec.version !== undefined)
    checkField(place, { fields: row, field: spec.version, at: 'version', of: 'a row' });
  for (const [event, field] of Object.entries(spec.upsert ?? {})) {
    const fields = checkEventName(place, 'upsert', event);
    if (fields && field !== true) checkField(place, { fields, field, at: 'upsert', of: `"${event}"` });
  }
  for (const [event, patch] of Object.entries(spec.patch ?? {})) {
    const fields = checkEventName(place, 'patch', event);
    if (!fields) continue;
    for (const field of [patch.key, patch.changes, ...(patch.version === undefined ? [] : [patch.version])]) {
      checkField(place, { fields, field, at: 'patch', of: `"${event}"` });
    }
  }
  for (const [event, field] of Object.entries(spec.remove ?? {})) {
    const fields = checkEventName(place, 'remove', event);
    if (fields) checkField(place, { fields, field, at: 'remove', of: `"${event}"` });
  }
  const events = eventsOfProjection({ kind: 'collection', spec });
  if (events.length === 0) {
    place.report(place.path, 'No event changes the collection.', "Add upsert: { 'task:created': 'task' }.");
  }
  checkOneRoom(place, events);
}

function checkExpiring(place: ProjectionPlace, spec: ExpiringSpec): void {
  checkKeys(spec, {
    known: ['summary', 'event', 'key', 'ttl', 'clear'],
    path: place.path,
    report: place.report,
  });
  const fields = checkEventName(place, 'event', spec.event);
  if (fields) checkField(place, { fields, field: spec.key, at: 'key', of: `"${spec.event}"` });
  if (typeof spec.ttl !== 'string' || durationMs(spec.ttl) === undefined) {
    place.report(
      [...place.path, 'ttl'],
      `${quote(spec.ttl)} is not a duration.`,
      "Use a number and a unit: '4s'.",
    );
  }
  for (const [event, field] of Object.entries(spec.clear ?? {})) {
    const clearing = checkEventName(place, 'clear', event);
    if (clearing) checkField(place, { fields: clearing, field, at: 'clear', of: `"${event}"` });
  }
  checkOneRoom(place, eventsOfProjection({ kind: 'expiring', spec }));
}

function checkLatest(place: ProjectionPlace, spec: LatestSpec): void {
  checkKeys(spec, { known: ['summary', 'event', 'pick'], path: place.path, report: place.report });
  const fields = checkEventName(place, 'event', spec.event);
  if (fields && spec.pick !== undefined) {
    checkField(place, { fields, field: spec.pick, at: 'pick', of: `"${spec.event}"` });
  }
}

function checkFeed(place: ProjectionPlace, spec: FeedSpec): void {
  checkKeys(spec, { known: ['summary', 'event', 'key', 'limit'], path: place.path, report: place.report });
  const fields = checkEventName(place, 'event', spec.event);
  if (fields) checkField(place, { fields, field: spec.key, at: 'key', of: `"${spec.event}"` });
  if (!isCount(spec.limit)) {
    place.report([...place.path, 'limit'], 'The limit is not a whole number above 0.', 'Write limit: 100.');
  }
}

/** Fields of an event's payload. If there are none, reports why and returns `undefined`. */
export function checkEventName(
  place: ProjectionPlace,
  at: string,
  name: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const events = isPlainObject(place.spec.serverToClient) ? Object.keys(place.spec.serverToClient) : [];
  if (typeof name !== 'string' || !events.includes(name)) {
    const hint = didYouMean(name, events) ?? 'Name an event of serverToClient.';
    place.report([...place.path, at], `The server sends no event ${quote(name)}.`, hint);
    return undefined;
  }
  const fields = fieldsOf(place.spec.serverToClient[name]?.spec?.payload);
  if (!fields)
    place.report(
      [...place.path, at],
      `The payload of "${name}" is not an object.`,
      'Use payload: z.object({ ... }).',
    );
  return fields;
}

/** Reports a field that does not exist or is optional. */
export function checkField(
  place: ProjectionPlace,
  read: {
    readonly fields: Readonly<Record<string, unknown>>;
    readonly field: unknown;
    readonly at: string;
    readonly of: string;
  },
): void {
  const { fields, field, at, of } = read;
  if (typeof field !== 'string' || !Object.hasOwn(fields, field)) {
    const names = Object.keys(fields);
    const hint = didYouMean(field, names) ?? `Its fields: ${names.join(', ')}.`;
    place.report([...place.path, at], `Field ${quote(field)} does not exist in ${of}.`, hint);
  } else if (mayBeAbsent(fields[field])) {
    place.report([...place.path, at], `Field "${field}" of ${of} is optional.`, 'Make it required.');
  }
}

function checkOneRoom(place: ProjectionPlace, events: readonly string[]): void {
  const [first, ...rest] = events.filter((event) => place.spec.serverToClient[event] !== undefined);
  if (first === undefined) return;
  const room = roomOf(place.spec, first);
  for (const event of rest) {
    if (roomOf(place.spec, event) === room) continue;
    place.report(
      place.path,
      `"${first}" and "${event}" go to different rooms, so one projection cannot use both.`,
      'Use events of one room only.',
    );
  }
}

/** The room that clients hold for an event; rooms joined on connect belong to the connection itself. */
function roomOf(spec: ContractSpec, event: string): string | undefined {
  const name = spec.serverToClient[event]?.spec?.room;
  return name !== undefined && spec.rooms?.[name]?.auto === undefined ? name : undefined;
}
