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
  /** How long each command is at work, in milliseconds. Default: 0. */
  readonly lingerMs?: number;
}

/** What a node is told later. */
export type NodeOrder =
  { readonly kind: 'figures' } | { readonly kind: 'evict'; readonly bookId: string; readonly user: string };

/** What a node tells. */
export type NodeWord =
  | { readonly kind: 'listens'; readonly port: number }
  | { readonly kind: 'figures'; readonly figures: Figures }
  /** A command is at work. */
  | { readonly kind: 'lingers'; readonly value: string }
  /** An eviction is in the log; `head` is the room's newest offset after that. */
  | { readonly kind: 'evicted'; readonly room: string; readonly user: string; readonly head: number };

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
  readonly order: (order: NodeOrder) => void;
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
  readonly settings?: NodeSettings;
  /** Told what nodes tell, by their index. */
  readonly hear?: (word: NodeWord, node: number) => void;
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
      nodes.push(
        keep(
          await startNode({
            program: setup.program,
            settings: setup.settings ?? {},
            link: keep(await faultProxy(redis.port)),
            hear: (word) => setup.hear?.(word, index),
          }),
        ),
      );
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

interface NodeSetup {
  readonly program: string;
  readonly settings: NodeSettings;
  readonly link: FaultProxy;
  readonly hear: (word: NodeWord) => void;
}

async function startNode({ program, settings, link, hear }: NodeSetup): Promise<ChaosNode & AsyncDisposable> {
  let child: ChildProcess | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    const mine = fork(program, [String(link.port), JSON.stringify(settings)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = mine;
    const [told] = (await Promise.race([once(mine, 'message'), once(mine, 'exit')])) as [
      NodeWord | number | null,
    ];
    // Another fault may have ended it before it was there.
    if (typeof told !== 'object' || told?.kind !== 'listens') return;
    port = told.port;
    mine.on('message', hear);
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
    order: (order) => {
      if (child?.connected === true) child.send(order);
    },
    [Symbol.asyncDispose]: kill,
  };
}
