import { expressionText, type Module } from './module.ts';

/** A query to a module, and its answer. */
type Note =
  | { readonly what: 'constant'; readonly text: string; readonly wanted: string; readonly name: string }
  | {
      readonly what: 'function';
      readonly key: string;
      readonly wanted: string;
      readonly name: string;
      readonly isNew: boolean;
    }
  | {
      readonly what: 'sharing';
      readonly key: string;
      readonly name: string;
      readonly answer: string | undefined;
    }
  | {
      readonly what: 'repeated';
      readonly node: Parameters<Module['isRepeated']>[0];
      readonly answer: boolean;
    }
  | { readonly what: 'taken'; readonly name: string; readonly answer: boolean };

/** Queries in order, and names that were free throughout. */
export interface Notes {
  readonly asked: readonly Note[];
  readonly free: readonly string[];
}

/** A module that records queries, so that they can be repeated. */
export interface Recorder {
  readonly module: Module;
  /** Runs some work. Its result depends only on the notes, not on anything else in the module. */
  record<Result>(work: () => Result): { readonly result: Result; readonly notes: Notes };
  /** Repeats recorded queries. */
  repeat(notes: Notes): void;
  /**
   * Whether a repeated query got another answer, so that the work would have had another result. The module must then
   * be discarded.
   */
  failed(): boolean;
}

/** Creates a recorder of an unused module. */
export function createRecorder(module: Module): Recorder {
  const names = new Set<string>();
  let notes: Note[] | undefined;
  let failed = false;
  const constant = (text: string, wanted: string): string => {
    const name = module.constant(text, wanted);
    notes?.push({ what: 'constant', text, wanted, name });
    names.add(name);
    return name;
  };
  const recording: Module = {
    ...module,
    constant,
    expression: (source, flags, wanted) => constant(expressionText(source, flags), wanted),
    add(key, wanted, text) {
      let at: number | undefined;
      const name = module.add(key, wanted, (given) => {
        at = notes?.push({ what: 'function', key, wanted, name: given, isNew: true });
        names.add(given);
        return text(given);
      });
      if (at === undefined) notes?.push({ what: 'function', key, wanted, name, isNew: false });
      return name;
    },
    sharing(key, name) {
      const answer = module.sharing(key, name);
      notes?.push({ what: 'sharing', key, name, answer });
      return answer;
    },
    isRepeated(node) {
      const answer = module.isRepeated(node);
      notes?.push({ what: 'repeated', node, answer });
      return answer;
    },
    isTaken(name) {
      notes?.push({ what: 'taken', name, answer: names.has(name) });
      return module.isTaken(name);
    },
  };

  const isSame = (note: Note): boolean => {
    switch (note.what) {
      case 'constant':
        names.add(note.name);
        return module.constant(note.text, note.wanted) === note.name;
      case 'function': {
        let isNew = false;
        const name = module.add(note.key, note.wanted, () => {
          isNew = true;
          return '';
        });
        names.add(name);
        return name === note.name && isNew === note.isNew;
      }
      case 'sharing':
        return module.sharing(note.key, note.name) === note.answer;
      case 'repeated':
        return module.isRepeated(note.node) === note.answer;
      case 'taken':
        return names.has(note.name) === note.answer;
      default:
        return note satisfies never;
    }
  };
  return {
    module: recording,
    record(work) {
      const outer = notes;
      const taken: Note[] = [];
      notes = taken;
      const result = work();
      notes = outer;
      outer?.push(...taken);
      const isFree = (note: Note): boolean => note.what === 'taken' && !names.has(note.name);
      const free = new Set(taken.flatMap((note) => (note.what === 'taken' && isFree(note) ? note.name : [])));
      return {
        result,
        notes: { asked: firstOfEach(taken.filter((note) => !isFree(note))), free: [...free] },
      };
    },
    repeat({ asked, free }) {
      failed ||= !asked.every(isSame) || free.some((name) => names.has(name));
      notes?.push(...asked, ...free.map((name) => ({ what: 'taken', name, answer: false }) as const));
      module.taken();
    },
    failed: () => failed,
  };
}

/** Notes without those whose answer follows from an earlier one. */
function firstOfEach(asked: readonly Note[]): readonly Note[] {
  const seen = new Set<unknown>();
  return asked.filter((note) => {
    const about = subjectOf(note);
    if (about === undefined) return true;
    return !seen.has(about) && seen.add(about);
  });
}

/** What an answer is about, where the same is answered from then on. */
function subjectOf(note: Note): unknown {
  switch (note.what) {
    case 'constant':
      return `constant ${note.text}`;
    case 'function':
      return `function ${note.key}`;
    case 'repeated':
      return note.node;
    case 'taken':
      return note.answer ? note.name : undefined;
    case 'sharing':
      return undefined;
    default:
      return note satisfies never;
  }
}
