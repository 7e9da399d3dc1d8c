import type { ContractModel, EventModel } from '../model.ts';
import type { NamedEvents } from './events.ts';

/** Writes lists of events. */
export interface EventMemory {
  /**
   * Texts of events, in order, without empty ones. In a long list, several are joined to one text.
   *
   * @param what Identifies the list within its file.
   */
  readonly each: (what: string, events: NamedEvents, writing: Writing) => readonly string[];
}

export interface Writing {
  /** The text of an event. */
  readonly write: (name: string, event: EventModel) => string;
  /** Separator between joined texts. Default: none. */
  readonly between?: string;
  /** Repeats the side effects of writing. Default: the imports of the file. */
  readonly tape?: Tape;
  /** Whether to rewrite everything. Default: false. */
  readonly anew?: boolean;
}

/** Records side effects, so that they can be repeated. */
export interface Tape<Notes = unknown> {
  record<Result>(work: () => Result): { readonly result: Result; readonly notes: Notes };
  repeat(notes: Notes): void;
}

/** Remembers nothing. */
export const noMemory: EventMemory = {
  each: (_what, events, { write }) => events.map(([name, event]) => write(name, event)).filter(isText),
};

/** Written text, and what it depends on besides the place. */
interface Written {
  readonly events: NamedEvents;
  readonly text: string;
  readonly notes: unknown;
  readonly types: ContractModel['types'];
  readonly rooms: ContractModel['rooms'];
  readonly errors: ContractModel['errors'];
}

/** Written text of a list: of single events, and of groups. */
interface List {
  readonly events: WeakMap<EventModel, Written>;
  pages: readonly Written[];
}

/** By place and by list. Models never change, so only the clock can tell. */
const memory = new Map<string, Map<string, List>>();

/** Maximum number of files that are kept. */
const maxPlaces = 1_000;

/** Longer lists are joined: they never fit on one line. */
const pageSize = 16;

/**
 * Creates the memory of a file for the events of a model.
 *
 * @param place Everything that the file depends on besides the model: names, options, import paths.
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
