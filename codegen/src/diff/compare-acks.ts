import type { AckModel, TypeNode } from '../model.ts';
import { cameFact, compareAt, statement, wentFact, type Context, type Place } from './compare-payload.ts';
import { opposite, type Change, type Fact } from './fact.ts';
import { read } from './read.ts';

/** Facts of an event's ack, which is sent in the opposite direction. */
export function compareAcks(
  context: Context,
  event: Place,
  [a, b]: Change<AckModel | undefined>,
): readonly Fact[] {
  const place: Place = {
    ...event,
    position: 'ack',
    direction: opposite(event.direction),
    path: `${event.path}.ack`,
  };
  if (!a && !b) return [];
  if (!a) return [ackAdded(context, place, b as AckModel)];
  if (!b) return [wentFact('ack-removed', ackAdded({ ...context, after: context.before }, place, a))];
  if (a.kind !== b.kind) return [{ ...statement('ack-form-changed', place), before: a.kind, after: b.kind }];
  return [...compareData(context, place, [a, b]), ...compareFailures(place, a, b)];
}

/** A peer that does not know the ack sends one without data if the caller expects one. */
function ackAdded(context: Context, place: Place, ack: AckModel): Fact {
  const node = dataOf(ack);
  const readsNothing = () => ack.kind === 'envelope' && read(node, undefined, context.after.types).ok;
  return cameFact(
    'ack-added',
    { context, place, node, readsNothing },
    { payload: { ok: true }, effect: 'is ignored: the caller does not expect it', dropped: 'differs' },
  );
}

function dataOf(ack: AckModel): TypeNode {
  return ack.kind === 'raw-args' ? { kind: 'tuple', items: ack.items } : ack.data;
}

function compareData(context: Context, place: Place, [a, b]: Change<AckModel>): readonly Fact[] {
  if (a.kind !== 'raw-args' || b.kind !== 'raw-args')
    return compareAt(context, place, [dataOf(a), dataOf(b)]);
  if (a.items.length === b.items.length) return compareAt(context, place, [dataOf(a), dataOf(b)]);
  const id = b.items.length > a.items.length ? 'ack-argument-added' : 'ack-argument-removed';
  return [{ ...statement(id, place), before: a.items.length, after: b.items.length }];
}

function compareFailures(place: Place, a: AckModel, b: AckModel): readonly Fact[] {
  const [was, is] = [
    a.kind !== 'envelope' && a.failure === true,
    b.kind !== 'envelope' && b.failure === true,
  ];
  return was === is ? [] : [statement(is ? 'ack-failure-added' : 'ack-failure-removed', place)];
}
