import {
  defaultLogRule,
  type ContractModel,
  type ErrorModel,
  type RoomModel,
  type TypeNode,
} from '../model.ts';
import { cameFact, compareAt, statement, wentFact, type Context, type Place } from './compare-payload.ts';
import type { Change, Fact } from './fact.ts';
import { read } from './read.ts';
import { sameValue } from './same.ts';

/** Facts of two contracts' rooms. */
export function compareRooms(context: Context, before: ContractModel, after: ContractModel): readonly Fact[] {
  return names(before.rooms, after.rooms).flatMap((name) => {
    const place: Place = { position: 'room', direction: 'inbound', path: `rooms.${name}` };
    const [a, b] = [own(before.rooms, name), own(after.rooms, name)];
    if (!a) return [statement('room-added', place)];
    if (!b) return [statement('room-removed', place)];
    const logs = hasLog(before, name) && hasLog(after, name) ? compareLogs(place, a, b) : [];
    return [...compareRoom(context, place, [a, b]), ...logs];
  });
}

function compareRoom(context: Context, place: Place, [a, b]: Change<RoomModel>): readonly Fact[] {
  const params = names(a.params, b.params).flatMap((name) => {
    const at = { ...place, path: `${place.path}.params.${name}` };
    const [before, after] = [own(a.params, name), own(b.params, name)];
    if (before && after) return compareAt(context, at, [before, after]);
    return before
      ? [{ ...statement('room-parameter-removed', at), field: name, before }]
      : [{ ...statement('room-parameter-added', at), field: name, after: after as TypeNode }];
  });
  return [...params, ...compareAuto({ ...place, path: `${place.path}.auto` }, a, b)];
}

function hasLog({ serverToClient }: ContractModel, name: string): boolean {
  return Object.values(serverToClient).some(({ room, delivery }) => room === name && delivery === 'durable');
}

/** Retention and history of a room's log; its events report whether a room gains or loses the log. */
function compareLogs(place: Place, a: RoomModel, b: RoomModel): readonly Fact[] {
  const [before, after] = [
    { ...defaultLogRule, ...a },
    { ...defaultLogRule, ...b },
  ];
  const at = (key: string): Place => ({ ...place, direction: 'outbound', path: `${place.path}.${key}` });
  const sizes = (['keep', 'maxAgeMs'] as const).flatMap((key): readonly Fact[] => {
    if (before[key] === after[key]) return [];
    const id = after[key] < before[key] ? 'log-shortened' : 'log-lengthened';
    const unit = key === 'keep' ? 'entries' : 'ms';
    const told = { before: `${before[key]} ${unit}`, after: `${after[key]} ${unit}` };
    return [{ ...statement(id, at(key === 'keep' ? 'keep' : 'maxAge')), ...told }];
  });
  if (before.history === after.history) return sizes;
  const id = after.history === 'full' ? 'history-widened' : 'history-narrowed';
  return [{ ...statement(id, at('history')), before: before.history, after: after.history }, ...sizes];
}

function compareAuto(place: Place, a: RoomModel, b: RoomModel): readonly Fact[] {
  if (sameValue(a.auto, b.auto)) return [];
  const id = !a.auto ? 'room-auto-added' : !b.auto ? 'room-auto-removed' : 'room-auto-changed';
  return [{ ...statement(id, place), ...(a.auto && { before: a.auto }), ...(b.auto && { after: b.auto }) }];
}

/** Facts of two contracts' own errors. */
export function compareErrors(
  context: Context,
  before: ContractModel,
  after: ContractModel,
): readonly Fact[] {
  return names(before.errors, after.errors).flatMap((code) => {
    const place: Place = { position: 'error', direction: 'outbound', path: `errors.${code}` };
    const [a, b] = [own(before.errors, code), own(after.errors, code)];
    if (!a) return [statement('error-added', place)];
    return b ? compareError(context, place, [a, b]) : [statement('error-removed', place)];
  });
}

function compareError(context: Context, place: Place, [a, b]: Change<ErrorModel>): readonly Fact[] {
  const retryable =
    a.retryable === b.retryable
      ? []
      : [
          {
            ...statement('error-retryable-changed', place),
            before: a.retryable === true,
            after: b.retryable === true,
          },
        ];
  return [
    ...compareDetails(context, { ...place, path: `${place.path}.details` }, [a.details, b.details]),
    ...retryable,
  ];
}

function compareDetails(
  context: Context,
  place: Place,
  [a, b]: Change<TypeNode | undefined>,
): readonly Fact[] {
  if (a && b) return compareAt(context, place, [a, b]);
  const node = a ?? b;
  if (!node) return [];
  const side = b ? context.after : context.before;
  const came = cameFact(
    'error-details-added',
    {
      context: { ...context, after: side },
      place,
      node,
      readsNothing: (details) => read(details, undefined, side.types).ok,
    },
    { payload: undefined, effect: 'is ignored: the receiver expects no details', dropped: 'differs' },
  );
  return [b ? came : wentFact('error-details-removed', came)];
}

/** Names on either side, sorted by code unit. */
export function names(a: object, b: object): readonly string[] {
  return Object.keys({ ...a, ...b }).sort();
}

/** An entry of a record, never of its prototype. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
