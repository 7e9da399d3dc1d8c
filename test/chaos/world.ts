import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startRedis, type RedisServer } from '../store/redis-server.ts';
import { faultProxy, type FaultProxy } from './fault-proxy.ts';

/** What a node is told when it is started. */
export interface NodeSettings {
  /** Default: a free one. */
  readonly port?: number;
  /** Of Engine.IO, in milliseconds. Default: 1,000. */
  readonly pingIntervalMs?: number;
  /** Of Engine.IO, in milliseconds. Default: 1,500. */
  readonly pingTimeoutMs?: number;
}

/** What a node counted since its start. */
export interface Figures {
  /** Of the log. */
  readonly reads: number;
  readonly heads: number;
  readonly connections: number;
  readonly disconnections: number;
  /** Of its event loop, in milliseconds. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  readonly cpuMs: number;
}

/** One node: its process, and its way to Redis. */
export interface ChaosNode {
  /** 0 while it is down. */
  readonly port: () => number;
  readonly link: FaultProxy;
  /** Ends it at once, and starts it again. */
  readonly restart: () => Promise<void>;
  /** Tells it to end, waits until it has, and starts it again. Resolves with its exit code. */
  readonly roll: () => Promise<number | null>;
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
}

/** Redis, some nodes, and the ways that clients take to them. */
export interface World extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly nodes: readonly ChaosNode[];
  /** Each leads to one node after the other. */
  readonly doors: readonly FaultProxy[];
}

/** Starts everything; ready when the promise resolves. */
export async function createWorld(setup: {
  readonly redisProgram: string;
  /** The program of a node. */
  readonly program: string;
  readonly nodes: number;
  readonly doors: number;
}): Promise<World> {
  const started: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(thing: T): T => {
    started.unshift(thing);
    return thing;
  };
  const dispose = async (): Promise<void> => {
    for (const thing of started.splice(0)) await thing[Symbol.asyncDispose]();
  };
  try {
    const redis = keep(
      await startRedis(setup.redisProgram, [
        '--appendonly',
        'yes',
        '--appendfsync',
        'everysec',
        '--save',
        '',
      ]),
    );
    const nodes: ChaosNode[] = [];
    for (let index = 0; index < setup.nodes; index++)
      nodes.push(keep(await startNode(setup.program, keep(await faultProxy(redis.port)))));
    let turn = 0;
    const doors: FaultProxy[] = [];
    for (let index = 0; index < setup.doors; index++)
      doors.push(keep(await faultProxy(() => nodes[turn++ % nodes.length]!.port())));
    return { redis, nodes, doors, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startNode(program: string, link: FaultProxy): Promise<ChaosNode & AsyncDisposable> {
  let child: ChildProcess | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    const mine = fork(program, [String(link.port)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = mine;
    const [told] = (await once(mine, 'message')) as [{ readonly port: number }];
    port = told.port;
  };
  const kill = async (): Promise<void> => {
    const mine = child;
    if (mine === undefined || mine.exitCode !== null || mine.signalCode !== null) return;
    port = 0;
    mine.kill('SIGKILL');
    await once(mine, 'exit');
  };
  await start();
  return {
    port: () => port,
    link,
    restart: async () => {
      await kill();
      await start();
    },
    roll: async () => {
      const mine = child!;
      port = 0;
      mine.kill('SIGTERM');
      const [code] = (await once(mine, 'exit')) as [number | null];
      await start();
      return code;
    },
    signal: (signal) => child?.kill(signal),
    [Symbol.asyncDispose]: kill,
  };
}
