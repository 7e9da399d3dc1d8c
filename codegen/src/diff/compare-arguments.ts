import type { EventModel, TypeNode } from '../model.ts';
import { cameFact, compareAt, statement, wentFact, type Context, type Place } from './compare-payload.ts';
import type { Change, Fact } from './fact.ts';
import { read } from './read.ts';

/** Facts of an event's content: one payload, positional arguments, or nothing. */
export function compareArguments(
  context: Context,
  event: Place,
  [a, b]: Change<EventModel>,
): readonly Fact[] {
  const place: Place = {
    ...event,
    position: 'payload',
    path: `${event.path}.${b.args || a.args ? 'args' : 'payload'}`,
  };
  if (a.payload && b.payload) return compareAt(context, place, [a.payload, b.payload]);
  if (a.args && b.args) return compareLists(context, place, [a.args, b.args]);
  if (!a.args && !b.args) {
    if (b.payload) return [payloadAdded(context, place, b.payload)];
    return a.payload
      ? [wentFact('payload-removed', payloadAdded({ ...context, after: context.before }, place, a.payload))]
      : [];
  }
  return [{ ...statement('payload-form-changed', place), before: formOf(a), after: formOf(b) }];
}

function formOf({ payload, args }: EventModel): string {
  return args ? `${args.length} arguments` : payload ? 'a payload' : 'nothing';
}

/** A receiver of an event without payload treats an absent, a null and an empty payload as none. */
function payloadAdded(context: Context, place: Place, node: TypeNode): Fact {
  const { types } = context.after;
  const readsNothing = () => [undefined, null, {}].some((nothing) => read(node, nothing, types).ok);
  return cameFact(
    'payload-added',
    { context, place, node, readsNothing },
    { payload: undefined, effect: 'is refused: the receiver expects no payload', dropped: 'rejects' },
  );
}

function compareLists(context: Context, place: Place, [a, b]: Change<readonly TypeNode[]>): readonly Fact[] {
  if (a.length !== b.length) {
    const id = b.length > a.length ? 'argument-added' : 'argument-removed';
    return [{ ...statement(id, place), before: `${a.length} arguments`, after: `${b.length} arguments` }];
  }
  const facts = compareAt(context, place, [
    { kind: 'tuple', items: a },
    { kind: 'tuple', items: b },
  ]);
  return facts.map((fact) =>
    fact.fact === 'tuple-reordered' ? { ...fact, fact: 'arguments-reordered' } : fact,
  );
}
