import { compareVersions } from '@sockeye/contract/wire';
import { logError } from './report.ts';
import { sessionOf, type Runtime } from './runtime.ts';
import { versionRooms } from './version-rooms.ts';

/** Name of the message between nodes. */
const told = 'sockeye:forms';

/** Maximum number of versions that are accepted from other nodes. */
const most = 100;

/** Adapters take a moment to find the other nodes, in milliseconds after the start. */
const askAfterMs = [0, 500, 5_000];

interface Forms {
  readonly contract: string;
  /** Versions at which a server event changed its form. */
  readonly points: readonly string[];
  /** The sender has just started and asks for answers. */
  readonly asks: boolean;
}

/**
 * Nodes of several versions tell each other at which versions events changed their form. A node of an earlier version
 * knows of no later form; without this its clients would get a broadcast of a later node's in each form.
 */
export function sharePeerForms(runtime: Runtime): void {
  const { namespace, table, turningPoints } = runtime;
  const { contract, version } = table.contract;
  const own = [...turningPoints];

  const tell = (asks: boolean): void => {
    const send = (nodes: number): void => {
      if (nodes > 1) namespace.serverSideEmit(told, { contract, points: own, asks } satisfies Forms);
    };
    Promise.resolve(namespace.adapter.serverCount())
      .then(send)
      .catch((error: unknown) =>
        logError(
          runtime.options,
          { err: error },
          'the versions of this node could not be sent to other nodes',
        ),
      );
  };

  const heed = (forms: Partial<Forms> | null): void => {
    if (forms?.contract !== contract || !Array.isArray(forms.points)) return;
    const later = (forms.points as unknown[]).filter(
      (point): point is string =>
        typeof point === 'string' && compareVersions(version, point) < 0 && !turningPoints.includes(point),
    );
    turningPoints.push(...later.slice(0, most - turningPoints.length));
    if (later.length > 0)
      for (const socket of namespace.sockets.values()) {
        const session = sessionOf(runtime, socket);
        if (session !== undefined) void socket.join([...versionRooms(session)]);
      }
    if (forms.asks === true && own.length > 0) tell(false);
  };
  // Socket.IO's types know neither the events nor the name of what comes from other nodes.
  (namespace as unknown as { on(event: string, listener: typeof heed): void }).on(told, heed);
  for (const ms of askAfterMs) setTimeout(() => void (runtime.closing || tell(true)), ms).unref();
}
