import { inOnePiece } from '../in-one-piece.ts';
import type { ContractModel, EventModel } from '../model.ts';
import type { Imports, Recorded } from './imports.ts';

/** Writes what is written of an event. */
export interface EventMemory {
  /** Takes what was written as long as the event and what it may refer to are the same objects. */
  readonly once: Write;
  /** Writes in any case, and remembers that. */
  readonly anew: Write;
}

/** `what`: the same text for the same use of it, one for each. `name`: the event's. */
type Write = <Result>(
  what: string,
  [name, event]: readonly [string, EventModel],
  write: () => Result,
) => Result;

/** Remembers nothing. */
export const noMemory: EventMemory = {
  once: (_what, _event, write) => write(),
  anew: (_what, _event, write) => write(),
};

interface Written extends Recorded<unknown> {
  readonly name: string;
  readonly types: ContractModel['types'];
  readonly rooms: ContractModel['rooms'];
  readonly errors: ContractModel['errors'];
}

type Place = Map<string, WeakMap<EventModel, Written>>;

/** By place, by what was written, and by event. Models never change, so only the clock can tell. */
const memory = new Map<string, Place>();

/** More files than that are not remembered. */
const maxPlaces = 1_000;

/**
 * Makes a memory of the events of a model for a file.
 *
 * @param place All that the file depends on besides the model: names, options, where it is imported from.
 */
export function createEventMemory(
  { types, rooms, errors }: ContractModel,
  { imports, place }: { readonly imports: Imports; readonly place: string },
): EventMemory {
  if (memory.size >= maxPlaces) memory.clear();
  const known: Place = memory.get(place) ?? new Map<string, WeakMap<EventModel, Written>>();
  memory.set(place, known);
  const anew: Write = (what, [name, event], write) => {
    const recorded = imports.record(write);
    let events = known.get(what);
    if (events === undefined) known.set(what, (events = new WeakMap<EventModel, Written>()));
    events.set(event, { ...recorded, name, types, rooms, errors });
    return recorded.result;
  };
  return {
    anew,
    once<Result>(what: string, named: readonly [string, EventModel], write: () => Result): Result {
      const before = known.get(what)?.get(named[1]);
      const isSame =
        before?.name === named[0] &&
        before.types === types &&
        before.rooms === rooms &&
        before.errors === errors;
      if (!isSame) return anew(what, named, write);
      imports.repeat(before.uses);
      const { result } = before;
      for (const text of Array.isArray(result) ? result : [result])
        if (typeof text === 'string') inOnePiece(text);
      return result as Result;
    },
  };
}
