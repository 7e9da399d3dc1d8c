import type { ContractModel, EventModel } from '../model.ts';
import { compareAcks } from './compare-acks.ts';
import { compareArguments } from './compare-arguments.ts';
import { statement, type Context, type Place } from './compare-payload.ts';
import { names, own } from './compare-rooms.ts';
import { opposite, type Change, type Direction, type Fact } from './fact.ts';
import { sameValue } from './same.ts';

type Events = ContractModel['clientToServer'];

/** Facts of two contracts' events, in both directions. */
export function compareEvents(
  context: Context,
  before: ContractModel,
  after: ContractModel,
): readonly Fact[] {
  const moved = [
    ...movedEvents(before, after, ['clientToServer', 'serverToClient']),
    ...movedEvents(before, after, ['serverToClient', 'clientToServer']),
  ];
  return [
    ...compareSide(context, 'inbound', { before: before.clientToServer, after: after.clientToServer, moved }),
    ...compareSide(context, 'outbound', {
      before: before.serverToClient,
      after: after.serverToClient,
      moved,
    }),
  ];
}

type Table = 'clientToServer' | 'serverToClient';

/** Names that left one direction for the other; an event of both directions moves nowhere. */
function movedEvents(
  before: ContractModel,
  after: ContractModel,
  [from, to]: readonly [Table, Table],
): readonly string[] {
  return Object.keys(before[from]).filter(
    (name) => own(after[to], name) && !own(after[from], name) && !own(before[to], name),
  );
}

interface Side {
  readonly before: Events;
  readonly after: Events;
  readonly moved: readonly string[];
}

function compareSide(
  context: Context,
  direction: Direction,
  { before, after, moved }: Side,
): readonly Fact[] {
  const table = direction === 'inbound' ? 'clientToServer' : 'serverToClient';
  const place = (event: string): Place => ({
    position: 'event',
    direction,
    path: `${table}[${JSON.stringify(event)}]`,
    event,
  });
  const gone = Object.keys(before).filter((name) => !own(after, name) && !moved.includes(name));
  const added = Object.keys(after).filter((name) => !own(before, name) && !moved.includes(name));
  const renames = renamed(context, { before, after, gone, added });
  return names(before, after).flatMap((name): readonly Fact[] => {
    const at = place(name);
    const [a, b] = [own(before, name), own(after, name)];
    if (a && b) return compareEvent(context, at, [a, b]);
    if (moved.includes(name)) return a ? [statement('event-direction-changed', at)] : [];
    if (a) {
      const to = renames.get(name);
      if (to !== undefined) return [{ ...statement('event-renamed', at), before: name, after: to }];
      return [
        {
          ...statement('event-removed', at),
          ...(a.deprecated === undefined ? {} : { detail: 'it was deprecated' }),
        },
      ];
    }
    return [...renames.values()].includes(name) ? [] : [statement('event-added', at)];
  });
}

/** One event that went and one that came, alike in everything but the name. */
function renamed(
  context: Context,
  {
    before,
    after,
    gone,
    added,
  }: {
    readonly before: Events;
    readonly after: Events;
    readonly gone: readonly string[];
    readonly added: readonly string[];
  },
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const from of gone) {
    const alike = (other: string) => isAlike(context, before[from] as EventModel, after[other] as EventModel);
    const [to, ...more] = added.filter(alike);
    const rivals = gone.filter(
      (other) =>
        other !== from &&
        to !== undefined &&
        isAlike(context, before[other] as EventModel, after[to] as EventModel),
    );
    if (to !== undefined && more.length === 0 && rivals.length === 0) pairs.set(from, to);
  }
  return pairs;
}

function isAlike({ comparison }: Context, a: EventModel, b: EventModel): boolean {
  const same = (key: 'errors' | 'joins' | 'leaves' | 'within' | 'room' | 'delivery') =>
    sameValue(a[key], b[key]);
  const carries = a.payload !== undefined || a.args !== undefined || a.ack !== undefined;
  return (
    carries &&
    (['errors', 'joins', 'leaves', 'within', 'room', 'delivery'] as const).every(same) &&
    comparison.same(shell(a), shell(b))
  );
}

/** What an event carries, as one node. */
function shell({ payload, args, ack }: EventModel) {
  const items = ack === undefined ? [] : ack.kind === 'raw-args' ? ack.items : [ack.data];
  const nothing = { kind: 'undefined' } as const;
  return {
    kind: 'tuple',
    items: [payload ?? nothing, { kind: 'tuple', items: args ?? [] }, { kind: 'tuple', items }],
  } as const;
}

function compareEvent(context: Context, place: Place, [a, b]: Change<EventModel>): readonly Fact[] {
  return [
    ...compareArguments(context, place, [a, b]),
    ...compareAcks(context, place, [a.ack, b.ack]),
    ...compareCodes(place, a.errors ?? [], b.errors ?? []),
    ...compareRoomFields(place, a, b),
    ...compareDelivery(place, a, b),
    ...compareLimits(place, a, b),
    ...compareTimeouts(place, a, b),
    ...compareDeprecation(place, a, b),
  ];
}

function compareCodes(place: Place, a: readonly string[], b: readonly string[]): readonly Fact[] {
  const at: Place = {
    ...place,
    position: 'ack',
    direction: opposite(place.direction),
    path: `${place.path}.errors`,
  };
  return [
    ...b
      .filter((code) => !a.includes(code))
      .map((code) => ({ ...statement('event-error-added', at), after: code })),
    ...a
      .filter((code) => !b.includes(code))
      .map((code) => ({ ...statement('event-error-removed', at), before: code })),
  ];
}

function compareRoomFields(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  return (['joins', 'leaves', 'within', 'room'] as const).flatMap((key) => {
    const [before, after] = [a[key], b[key]];
    if (before === after) return [];
    const how = before === undefined ? 0 : after === undefined ? 1 : 2;
    const id = roomFieldRules[key][how];
    return [
      {
        ...statement(id, { ...place, path: `${place.path}.${key}` }),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    ];
  });
}

const roomFieldRules = {
  joins: ['joins-added', 'joins-removed', 'joins-changed'],
  leaves: ['leaves-added', 'leaves-removed', 'leaves-changed'],
  within: ['within-added', 'within-removed', 'within-changed'],
  room: ['audience-narrowed', 'audience-widened', 'audience-changed'],
} as const;

function compareDelivery(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  if (a.delivery === b.delivery) return [];
  const id = b.delivery === 'volatile' ? 'delivery-became-volatile' : 'delivery-became-reliable';
  return [
    {
      ...statement(id, { ...place, path: `${place.path}.delivery` }),
      before: a.delivery ?? 'event',
      after: b.delivery ?? 'event',
    },
  ];
}

function compareLimits(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  const at = { ...place, path: `${place.path}.limit` };
  const [before, after] = [a.limit, b.limit];
  if (sameValue(before, after)) return [];
  if (!before || !after) {
    return [
      {
        ...statement(after ? 'limit-added' : 'limit-removed', at),
        before: limitText(before),
        after: limitText(after),
      },
    ];
  }
  const tighter = after.rate / after.perMs < before.rate / before.perMs || after.burst < before.burst;
  return [
    {
      ...statement(tighter ? 'limit-tightened' : 'limit-loosened', at),
      before: limitText(before),
      after: limitText(after),
    },
  ];
}

function limitText(limit: EventModel['limit']): string {
  return limit ? `${limit.rate} in ${limit.perMs} ms, at most ${limit.burst} at once` : 'no limit';
}

function compareTimeouts(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  const [before, after] = [a.timeoutMs ?? defaultTimeoutMs, b.timeoutMs ?? defaultTimeoutMs];
  if (before === after || !a.ack || !b.ack) return [];
  const id = after < before ? 'timeout-shortened' : 'timeout-lengthened';
  return [
    {
      ...statement(id, { ...place, path: `${place.path}.timeout` }),
      before: `${before} ms`,
      after: `${after} ms`,
    },
  ];
}

/** What both runtimes wait for an acknowledgement unless they are told otherwise. */
const defaultTimeoutMs = 10_000;

function compareDeprecation(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  const [was, is] = [a.deprecated !== undefined, b.deprecated !== undefined];
  if (was === is) return [];
  const detail = typeof b.deprecated === 'string' ? { detail: b.deprecated } : {};
  return [{ ...statement(is ? 'deprecation-added' : 'deprecation-removed', place), ...detail }];
}
