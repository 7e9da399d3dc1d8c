import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy on loopback that can be told to misbehave. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that stand now. */
  readonly size: () => number;
  /** Resets every connection on both sides. */
  readonly cut: () => void;
  /** Resets the caller's side alone: the other side keeps a link to nobody. It is let go after `lingerMs`. */
  readonly halfOpen: (lingerMs: number) => void;
  /** Passes nothing on in either direction, though every connection stands. What came in meanwhile comes later. */
  readonly freeze: (on: boolean) => void;
  /** Passes everything on so many milliseconds later, in order. */
  readonly delay: (ms: number) => void;
  /** Refuses new connections. */
  readonly refuse: (on: boolean) => void;
}

interface Pair {
  readonly caller: Socket;
  readonly target: Socket;
}

/** Stands between callers and a port of this machine, which is asked for with every connection. */
export async function faultProxy(target: number | (() => number)): Promise<FaultProxy> {
  const portOf = typeof target === 'number' ? () => target : target;
  const pairs = new Set<Pair>();
  const orphans = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let frozen = false;
  let refusing = false;
  let delayMs = 0;

  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const server: Server = createServer((caller) => {
    if (refusing) return void caller.resetAndDestroy();
    const target = connect({ port: portOf(), host: '127.0.0.1', noDelay: true });
    caller.setNoDelay(true);
    const pair: Pair = { caller, target };
    pairs.add(pair);
    pass(caller, target);
    pass(target, caller);
    for (const socket of [caller, target]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!pairs.delete(pair)) return;
        caller.destroy();
        target.destroy();
      });
    }
    if (frozen) for (const socket of [caller, target]) socket.pause();
  });

  function pass(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      const write = (): void => void (to.writable && to.write(chunk));
      if (delayMs === 0) write();
      else later(delayMs, write);
    });
    from.on('end', () => (delayMs === 0 ? to.end() : later(delayMs, () => to.end())));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    size: () => pairs.size,
    cut: () => {
      for (const { caller, target } of [...pairs]) {
        caller.resetAndDestroy();
        target.resetAndDestroy();
      }
    },
    halfOpen: (lingerMs) => {
      for (const pair of [...pairs]) {
        pairs.delete(pair);
        pair.caller.resetAndDestroy();
        pair.target.removeAllListeners('data').resume();
        orphans.add(pair.target);
        later(lingerMs, () => {
          orphans.delete(pair.target);
          pair.target.destroy();
        });
      }
    },
    freeze: (on) => {
      frozen = on;
      for (const { caller, target } of pairs)
        for (const socket of [caller, target])
          if (on) socket.pause();
          else socket.resume();
    },
    delay: (ms) => (delayMs = ms),
    refuse: (on) => (refusing = on),
    [Symbol.asyncDispose]: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const { caller, target } of pairs) {
        caller.destroy();
        target.destroy();
      }
      for (const socket of orphans) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
