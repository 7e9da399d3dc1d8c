import type { Random } from '../hostile/random.ts';
import type { World } from './world.ts';

/** One kind of fault. Resolves when it is over. */
export interface Fault {
  readonly kind: string;
  /** How often it is taken, among the others. */
  readonly weight: number;
  /** It takes longer than a short run. */
  readonly isLong?: true;
  readonly strike: (world: World, random: Random) => Promise<void>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Redis stands still for a while; where another fault has just ended it, nothing happens. */
async function stopRedis(redis: World['redis'], ms: number): Promise<void> {
  signal(redis.pid, 'SIGSTOP');
  await wait(ms);
  signal(redis.pid, 'SIGCONT');
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Everything that a run does to its world. */
export const faults: readonly Fault[] = [
  {
    kind: 'cut-door',
    weight: 4,
    strike: async ({ doors }, random) => random.pick(doors).cut(),
  },
  {
    kind: 'half-open-door',
    weight: 4,
    strike: async ({ doors }, random) => random.pick(doors).halfOpen(5_000),
  },
  {
    kind: 'freeze-door',
    weight: 2,
    strike: async ({ doors }, random) => {
      const door = random.pick(doors);
      door.freeze(true);
      await wait(500 + random.below(2_500));
      door.freeze(false);
    },
  },
  {
    kind: 'slow-door',
    weight: 2,
    strike: async ({ doors }, random) => {
      const door = random.pick(doors);
      door.delay(50 + random.below(200));
      await wait(1_500);
      door.delay(0);
    },
  },
  {
    kind: 'kill-node',
    weight: 3,
    strike: ({ nodes }, random) => random.pick(nodes).restart(),
  },
  {
    kind: 'stop-node',
    weight: 3,
    strike: async ({ nodes }, random) => {
      const node = random.pick(nodes);
      node.signal('SIGSTOP');
      await wait(500 + random.below(3_000));
      node.signal('SIGCONT');
    },
  },
  {
    // Longer than any lease: presence 4 s, commands 4 s, the adapter's heartbeat 5 s and 10 s until a node is given up.
    kind: 'freeze-node',
    weight: 1,
    isLong: true,
    strike: async ({ nodes }, random) => {
      const node = random.pick(nodes);
      node.signal('SIGSTOP');
      await wait(10_000 + random.below(5_000));
      node.signal('SIGCONT');
    },
  },
  {
    kind: 'cut-redis-link',
    weight: 3,
    strike: async ({ nodes }, random) => random.pick(nodes).link.cut(),
  },
  {
    kind: 'freeze-redis-link',
    weight: 2,
    strike: async ({ nodes }, random) => {
      const { link } = random.pick(nodes);
      link.freeze(true);
      await wait(500 + random.below(2_000));
      link.freeze(false);
    },
  },
  {
    kind: 'stop-redis',
    weight: 1,
    strike: ({ redis }) => stopRedis(redis, 1_000),
  },
  {
    kind: 'freeze-redis',
    weight: 1,
    isLong: true,
    strike: ({ redis }, random) => stopRedis(redis, 10_000 + random.below(5_000)),
  },
  {
    kind: 'kill-redis',
    weight: 1,
    strike: ({ redis }) => redis.restart(),
  },
];

/** Takes a fault, by its weight. */
export function pickFault(random: Random, among = faults): Fault {
  const total = among.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(total);
  return among.find(({ weight }) => (left -= weight) < 0)!;
}
