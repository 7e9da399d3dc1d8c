import type { ClientCount, ClientVersions, ContractServer } from '@sockeye/server';
import type { Socket } from 'socket.io';
import { isSessionRoom } from './gate.ts';
import type { ContractCounters, Metrics } from './metrics.ts';

/** One open connection, as operators see it. */
export interface ConnectionReport {
  readonly id: string;
  readonly contract: string;
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  readonly transport: string;
  readonly address: string;
  readonly connectedAt: string;
  readonly rooms: readonly string[];
}

/** One room that somebody is in. */
export interface RoomReport {
  readonly contract: string;
  readonly room: string;
  readonly connections: number;
}

/** The activity of this process. */
export interface OpsReport {
  readonly contracts: Readonly<Record<string, ContractCounters>>;
  /** How many there are, and the first 1,000. */
  readonly connections: { readonly total: number; readonly list: readonly ConnectionReport[] };
  /** The 1,000 with the most connections; the rooms that Socket.IO makes for each connection are left out. */
  readonly rooms: readonly RoomReport[];
}

/** This process's clients by version, for every contract that it serves. */
export interface ClientsReport {
  /** When counting began. */
  readonly since: string;
  readonly servers: readonly ClientVersions['server'][];
  /** Sorted by number of handshakes, largest first. `contract`: the served one, whatever the client's stamp says. */
  readonly clients: readonly (ClientCount & { readonly contract: string })[];
  /** Clients of further kinds, which are too many to list. */
  readonly others: ClientVersions['others'];
}

/** Options of {@link createOps}. */
export interface OpsParts {
  readonly metrics: Metrics;
  readonly servers: readonly ContractServer[];
}

/** Lists and ends connections. */
export interface Ops {
  report(): OpsReport;
  clients(): ClientsReport;
  /** Connections of this process, each namespace of one counted. */
  connections(): number;
  /** Ends a connection to its namespace; false where there is none of that id. */
  disconnect(socketId: string): boolean;
}

const most = 1_000;

/** Creates {@link Ops} for the contracts that a process serves. */
export function createOps({ metrics, servers }: OpsParts): Ops {
  return {
    report: () => {
      const all = servers.flatMap((server) => connectionsOf(server));
      return {
        contracts: metrics.counters(),
        connections: {
          total: all.length,
          list: all.slice(0, most).map(([name, socket]) => connection(name, socket)),
        },
        rooms: servers
          .flatMap((server) => roomsOf(server))
          .sort((a, b) => b.connections - a.connections || (a.room < b.room ? -1 : 1))
          .slice(0, most),
      };
    },
    clients: () => clientsOf(servers.map((server) => server.clients())),
    connections: () => servers.reduce((sum, { namespace }) => sum + namespace.sockets.size, 0),
    disconnect: (socketId) => {
      const found = servers.map(({ namespace }) => namespace.sockets.get(socketId)).find(Boolean);
      found?.disconnect();
      return found !== undefined;
    },
  };
}

function clientsOf(all: readonly ClientVersions[]): ClientsReport {
  const sum = (of: (others: ClientVersions['others']) => number): number =>
    all.reduce((total, { others }) => total + of(others), 0);
  return {
    since: new Date(Math.min(...all.map(({ since }) => since))).toISOString(),
    servers: all.map(({ server }) => server),
    clients: all
      .flatMap(({ server, clients }) => clients.map((row) => ({ contract: server.contract, ...row })))
      .sort((a, b) => b.total - a.total || (a.contract < b.contract ? -1 : 1)),
    others: { current: sum(({ current }) => current), total: sum(({ total }) => total) },
  };
}

function connectionsOf({
  contract,
  namespace,
}: ContractServer): (readonly [contract: string, socket: Socket])[] {
  return [...namespace.sockets.values()].map((socket) => [contract.contract, socket] as const);
}

function connection(contract: string, socket: Socket): ConnectionReport {
  const identity = (socket.data as { identity?: { id?: string; name?: string } }).identity;
  return {
    id: socket.id,
    contract,
    userId: identity?.id,
    userName: identity?.name,
    transport: socket.conn.transport.name,
    address: socket.handshake.address,
    connectedAt: new Date(socket.handshake.issued).toISOString(),
    rooms: [...socket.rooms].filter((room) => room !== socket.id && !isSessionRoom(room)),
  };
}

function roomsOf({ contract, namespace }: ContractServer): RoomReport[] {
  return [...namespace.adapter.rooms]
    .filter(([room]) => !isSessionRoom(room) && !namespace.sockets.has(room))
    .map(([room, members]) => ({ contract: contract.contract, room, connections: members.size }));
}
