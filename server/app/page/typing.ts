import type { UserTypingEvent } from './generated/collab.types.gen.ts';

/** Who is typing where, as far as was heard lately. */
export interface Typing {
  /** Notes that someone types; forgotten after a while without more of it. */
  readonly heard: (event: UserTypingEvent) => void;
  /** Forgets someone who has finished. */
  readonly stopped: (taskId: string, userId: string) => void;
  readonly clear: () => void;
}

interface Typist {
  readonly name: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** How long one event stands for typing, in milliseconds; longer than the time between two. */
const heardForMs = 4_000;

/** How often one's own typing is told, in milliseconds. */
const tellEveryMs = 1_500;

/** Makes {@link Typing}; `show` is called with a task and a sentence, an empty one when nobody types there. */
export function createTyping(show: (taskId: string, text: string) => void): Typing {
  const typists = new Map<string, Map<string, Typist>>();

  const update = (taskId: string): void => {
    const names = [...(typists.get(taskId)?.values() ?? [])].map(({ name }) => name.split(' ')[0] ?? name);
    show(taskId, sentence(names));
  };

  const stopped = (taskId: string, userId: string): void => {
    const inTask = typists.get(taskId);
    clearTimeout(inTask?.get(userId)?.timer);
    if (!inTask?.delete(userId)) return;
    if (inTask.size === 0) typists.delete(taskId);
    update(taskId);
  };

  return {
    heard: ({ taskId, userId, userName }) => {
      const inTask = typists.get(taskId) ?? new Map<string, Typist>();
      typists.set(taskId, inTask);
      clearTimeout(inTask.get(userId)?.timer);
      inTask.set(userId, { name: userName, timer: setTimeout(() => stopped(taskId, userId), heardForMs) });
      update(taskId);
    },
    stopped,
    clear: () => {
      for (const [taskId, inTask] of typists)
        for (const userId of [...inTask.keys()]) stopped(taskId, userId);
    },
  };
}

/** Calls `tell` at once, and then at most once per interval and task, however often it is called. */
export function sparingly(tell: (taskId: string) => void): (taskId: string) => void {
  let last: { readonly taskId: string; readonly at: number } | undefined;
  return (taskId) => {
    const at = performance.now();
    if (last?.taskId === taskId && at - last.at < tellEveryMs) return;
    last = { taskId, at };
    tell(taskId);
  };
}

function sentence(names: readonly string[]): string {
  const [first, second] = names;
  if (first === undefined) return '';
  if (second === undefined) return `${first} is editing…`;
  return names.length === 2
    ? `${first} and ${second} are editing…`
    : `${first} and ${names.length - 1} others are editing…`;
}
