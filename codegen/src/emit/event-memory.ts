import type { ContractModel, EventModel } from '../model.ts';
import type { NamedEvents } from './events.ts';

/** Writes lists of events. */
export interface EventMemory {
  /**
   * Texts of events, in their order, empty ones left out. Those of a long list may be joined to fewer.
   *
   * @param what The same for the same list of a file, one for each.
   */
  readonly each: (what: string, events: NamedEvents, writing: Writing) => readonly string[];
}

export interface Writing {
  /** The text of an event. */
  readonly write: (name: string, event: EventModel) => string;
  /** What stands between two texts that are joined. Default: nothing. */
  readonly between?: string;
  /** Does again what writing did besides. Default: the imports of the file. */
  readonly tape?: Tape;
  /** Whether everything is written, whatever is remembered. Default: false. */
  readonly anew?: boolean;
}

/** Takes notes of what is done, so that the same can be done again. */
export interface Tape<Notes = unknown> {
  record<Result>(work: () => Result): { readonly result: Result; readonly notes: Notes };
  repeat(notes: Notes): void;
}

/** Remembers nothing. */
export const noMemory: EventMemory = {
  each: (_what, events, { write }) => events.map(([name, event]) => write(name, event)).filter(isText),
};

/** What was written, and what it depends on besides the place. */
interface Written {
  readonly events: NamedEvents;
  readonly text: string;
  readonly notes: unknown;
  readonly types: ContractModel['types'];
  readonly rooms: ContractModel['rooms'];
  readonly errors: ContractModel['errors'];
}

/** What was written of a list: of events, and of so many in a row. */
interface List {
  readonly events: WeakMap<EventModel, Written>;
  pages: readonly Written[];
}

/** By place and by list. Models never change, so only the clock can tell. */
const memory = new Map<string, Map<string, List>>();

/** More files than that are not remembered. */
const maxPlaces = 1_000;

/** A longer list is joined: it does not fit one line, whatever is in it. */
const pageSize = 16;

/**
 * Makes a memory of the events of a model for a file.
 *
 * @param place All that the file depends on besides the model: names, options, where it is imported from.
 */
export function createEventMemory(
  { types, rooms, errors }: ContractModel,
  { imports, place }: { readonly imports: Tape; readonly place: string },
): EventMemory {
  if (memory.size >= maxPlaces) memory.clear();
  const lists = memory.get(place) ?? new Map<string, List>();
  memory.set(place, lists);

  const isSame = (before: Written, events: NamedEvents): boolean =>
    before.types === types &&
    before.rooms === rooms &&
    before.errors === errors &&
    before.events.length === events.length &&
    before.events.every(([name, event], index) => events[index]?.[0] === name && events[index][1] === event);

  return {
    each(what, events, { write, between = '', tape = imports, anew = false }) {
      const list: List = lists.get(what) ?? { events: new WeakMap(), pages: [] };
      lists.set(what, list);
      const written = (before: Written | undefined, some: NamedEvents, make: () => string): Written => {
        if (before !== undefined && !anew && isSame(before, some)) {
          tape.repeat(before.notes);
          return before;
        }
        const { result: text, notes } = tape.record(make);
        return { events: some, text, notes, types, rooms, errors };
      };
      const one = (named: NamedEvents[number]): string => {
        const [name, event] = named;
        const found = written(list.events.get(event), [named], () => write(name, event));
        list.events.set(event, found);
        return found.text;
      };
      if (events.length <= pageSize) return events.map(one).filter(isText);
      const pages: Written[] = [];
      for (let at = 0; at < events.length; at += pageSize) {
        const some = events.slice(at, at + pageSize);
        const make = () => some.map(one).filter(isText).join(between);
        pages.push(written(list.pages[pages.length], some, make));
      }
      list.pages = pages;
      return pages.map(({ text }) => text).filter(isText);
    },
  };
}

function isText(text: string): boolean {
  return text !== '';
}
