/** Something that must be done by a moment on the runtime's clock. */
export interface Timed {
  deadlineAt: number;
}

/** Deadlines of many short pieces of work, at the cost of one timer for each length of time that is in use. */
export interface Deadlines<Work extends Timed> {
  /** Work that is under way. */
  readonly size: number;
  /** Watches work that may take `timeoutMs`. */
  add(work: Work, timeoutMs: number): void;
  /** Stops watching work that was added with `timeoutMs`. */
  delete(work: Work, timeoutMs: number): void;
}

/** Creates a watch that calls `expire` with what takes too long, within a timer's precision. */
export function createDeadlines<Work extends Timed>(
  expire: (work: Work) => void,
  now: () => number = () => performance.now(),
): Deadlines<Work> {
  const queues = new Map<number, Queue<Work>>();
  let size = 0;

  function check(queue: Queue<Work>, timeoutMs: number): void {
    queue.isArmed = false;
    for (const work of queue.works) {
      const left = work.deadlineAt - now();
      if (left > 0.5) return arm(queue, timeoutMs, left);
      expire(work);
      remove(work, timeoutMs);
    }
  }

  function arm(queue: Queue<Work>, timeoutMs: number, delay: number): void {
    queue.isArmed = true;
    setTimeout(check, delay, queue, timeoutMs).unref();
  }

  function remove(work: Work, timeoutMs: number): void {
    if (queues.get(timeoutMs)?.works.delete(work)) size -= 1;
  }

  return {
    get size() {
      return size;
    },
    add(work, timeoutMs) {
      let queue = queues.get(timeoutMs);
      if (queue === undefined) queues.set(timeoutMs, (queue = { works: new Set(), isArmed: false }));
      work.deadlineAt = now() + timeoutMs;
      queue.works.add(work);
      size += 1;
      if (!queue.isArmed) arm(queue, timeoutMs, timeoutMs);
    },
    delete: remove,
  };
}

/** Work of one length of time: a set keeps the order of insertion, which is that of the deadlines. */
interface Queue<Work> {
  readonly works: Set<Work>;
  isArmed: boolean;
}
