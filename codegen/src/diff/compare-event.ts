import type { EventModel } from '../model.ts';
import { compareAcks } from './compare-acks.ts';
import { compareArguments } from './compare-arguments.ts';
import { statement, type Context, type Place } from './compare-payload.ts';
import { opposite, type Change, type Fact } from './fact.ts';
import { sameValue } from './same.ts';

/** Facts of one event, apart from its forms for clients of earlier versions. */
export function compareEvent(context: Context, place: Place, [a, b]: Change<EventModel>): readonly Fact[] {
  return [
    ...storedFacts(compareArguments(context, place, [a, b]), a, b),
    ...compareAcks(context, place, [a.ack, b.ack]),
    ...compareCodes(place, a.errors ?? [], b.errors ?? []),
    ...compareRoomFields(place, a, b),
    ...compareDelivery(place, a, b),
    ...compareOnce(place, a, b),
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
  const id = deliveryRule(a, b);
  return [
    {
      ...statement(id, { ...place, path: `${place.path}.delivery` }),
      before: a.delivery ?? 'event',
      after: b.delivery ?? 'event',
    },
  ];
}

/** Losing the log is more severe than what replaces it. */
function deliveryRule(a: EventModel, b: EventModel): string {
  if (a.delivery === 'durable') return 'delivery-no-longer-durable';
  if (b.delivery === 'durable') return 'delivery-became-durable';
  return b.delivery === 'volatile' ? 'delivery-became-volatile' : 'delivery-became-reliable';
}

function compareOnce(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  if (a.once === b.once) return [];
  return [statement(b.once ? 'once-added' : 'once-removed', { ...place, path: `${place.path}.once` })];
}

/** Entries of a log may be read by later versions: neither side may lag, under any policy. */
function storedFacts(facts: readonly Fact[], a: EventModel, b: EventModel): readonly Fact[] {
  if (a.delivery !== 'durable' || b.delivery !== 'durable') return facts;
  return facts.map((fact): Fact => ({ ...fact, stored: true }));
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

/** Default ack timeout of both runtimes. */
const defaultTimeoutMs = 10_000;

function compareDeprecation(place: Place, a: EventModel, b: EventModel): readonly Fact[] {
  const [was, is] = [a.deprecated !== undefined, b.deprecated !== undefined];
  if (was === is) return [];
  const detail = typeof b.deprecated === 'string' ? { detail: b.deprecated } : {};
  return [{ ...statement(is ? 'deprecation-added' : 'deprecation-removed', place), ...detail }];
}
