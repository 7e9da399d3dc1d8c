import type { ContractModel, EventModel } from '../model.ts';
import type { Imports, Recorded } from './imports.ts';

/**
 * What was written of an event, to be taken again as long as the event and what it refers to are the same objects.
 *
 * @param place All that it depends on besides the model: names, options, where it is imported from.
 */
export interface EventMemory {
  <Result>(event: EventModel, what: string, write: () => Result): Result;
}

interface Written extends Recorded<unknown> {
  readonly types: ContractModel['types'];
  readonly rooms: ContractModel['rooms'];
  readonly errors: ContractModel['errors'];
}

/** By event, by place, and by what was written. Models never change, so only the clock can tell. */
const memory = new WeakMap<EventModel, Map<string, Map<string, Written>>>();

/** Makes a memory of the events of a model for a file. */
export function createEventMemory(
  { types, rooms, errors }: ContractModel,
  { imports, place }: { readonly imports: Imports; readonly place: string },
): EventMemory {
  return <Result>(event: EventModel, what: string, write: () => Result): Result => {
    let places = memory.get(event);
    if (places === undefined) memory.set(event, (places = new Map<string, Map<string, Written>>()));
    let known = places.get(place);
    if (known === undefined) places.set(place, (known = new Map<string, Written>()));
    const before = known.get(what);
    if (before?.types === types && before.rooms === rooms && before.errors === errors) {
      imports.repeat(before.uses);
      return before.result as Result;
    }
    const recorded = imports.record(write);
    known.set(what, { ...recorded, types, rooms, errors });
    return recorded.result;
  };
}
