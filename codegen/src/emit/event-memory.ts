import type { ContractModel, EventModel } from '../model.ts';
import type { Imports, Recorded } from './imports.ts';

/** Writes what is written of an event. */
export interface EventMemory {
  /** Takes what was written as long as the event and what it may refer to are the same objects. */
  readonly once: Write;
  /** Writes in any case, and remembers that. */
  readonly anew: Write;
}

type Write = <Result>(event: EventModel, what: string, write: () => Result) => Result;

/** Remembers nothing. */
export const noMemory: EventMemory = {
  once: (_event, _what, write) => write(),
  anew: (_event, _what, write) => write(),
};

interface Written extends Recorded<unknown> {
  readonly types: ContractModel['types'];
  readonly rooms: ContractModel['rooms'];
  readonly errors: ContractModel['errors'];
}

/** By event, by place, and by what was written. Models never change, so only the clock can tell. */
const memory = new WeakMap<EventModel, Map<string, Map<string, Written>>>();

/**
 * Makes a memory of the events of a model for a file.
 *
 * @param place All that the file depends on besides the model: names, options, where it is imported from.
 */
export function createEventMemory(
  { types, rooms, errors }: ContractModel,
  { imports, place }: { readonly imports: Imports; readonly place: string },
): EventMemory {
  const writtenOf = (event: EventModel): Map<string, Written> => {
    let places = memory.get(event);
    if (places === undefined) memory.set(event, (places = new Map<string, Map<string, Written>>()));
    let known = places.get(place);
    if (known === undefined) places.set(place, (known = new Map<string, Written>()));
    return known;
  };
  const anew: Write = (event, what, write) => {
    const recorded = imports.record(write);
    writtenOf(event).set(what, { ...recorded, types, rooms, errors });
    return recorded.result;
  };
  return {
    anew,
    once<Result>(event: EventModel, what: string, write: () => Result): Result {
      const before = writtenOf(event).get(what);
      if (before?.types !== types || before.rooms !== rooms || before.errors !== errors)
        return anew(event, what, write);
      imports.repeat(before.uses);
      return before.result as Result;
    },
  };
}
