import type { ContractStamp } from '@sockeye/contract/wire';
import type { ClientContract } from './contract-policy.ts';

/** Clients of one kind: same contract, version, hash, verdict and decision. */
export interface ClientCount {
  /** The stamp they sent; absent for clients without one or with a malformed one. */
  readonly client?: ContractStamp;
  readonly verdict: ClientContract['verdict'];
  readonly decision: ClientContract['decision'];
  /** Open connections on this node. */
  readonly current: number;
  /** Handshakes on this node since it started, accepted or refused. */
  readonly total: number;
}

/** A node's clients, counted by version. */
export interface ClientVersions {
  readonly server: ContractStamp;
  /** When counting began, in milliseconds since the Unix epoch. */
  readonly since: number;
  /** Sorted by number of handshakes, largest first. */
  readonly clients: readonly ClientCount[];
  /** Clients of further kinds, which are too many to list. */
  readonly others: { readonly current: number; readonly total: number };
}

/** Counts clients by kind. */
export interface ClientLedger {
  /** Counts a finished handshake. @returns whether it was the first of its kind. */
  readonly met: (client: ClientContract) => boolean;
  /** Counts an open connection. @returns the function to call when it ends. */
  readonly opened: (client: ClientContract) => () => void;
  readonly view: () => Omit<ClientVersions, 'server'>;
}

/**
 * How many kinds of accepted clients are counted apart, and how many of refused ones. Anybody can send any stamp, and
 * this must not fill the memory or hide the clients that count.
 */
const mostKinds = 100;

interface Row {
  readonly client: ClientContract | undefined;
  current: number;
  total: number;
}

/** Creates an empty ledger. `clock`: milliseconds since the Unix epoch. */
export function createClientLedger(clock: () => number = Date.now): ClientLedger {
  const since = clock();
  const welcome = new Map<string, Row>();
  const refused = new Map<string, Row>();
  const others: Row = { client: undefined, current: 0, total: 0 };

  function rowOf(client: ClientContract): Row {
    const rows = client.decision === 'reject' ? refused : welcome;
    const { stamp, verdict, decision } = client;
    const key = JSON.stringify([stamp?.contract, stamp?.version, stamp?.hash, verdict, decision]);
    const known = rows.get(key);
    if (known !== undefined || rows.size >= mostKinds) return known ?? others;
    const row = { client, current: 0, total: 0 };
    rows.set(key, row);
    return row;
  }

  return {
    met: (client) => {
      const row = rowOf(client);
      row.total++;
      return row.total === 1;
    },
    opened: (client) => {
      const row = rowOf(client);
      row.current++;
      return () => void row.current--;
    },
    view: () => ({
      since,
      clients: [...welcome.values(), ...refused.values()]
        .map(({ client, current, total }): ClientCount => {
          const { stamp, verdict, decision } = client!;
          return { ...(stamp && { client: stamp }), verdict, decision, current, total };
        })
        .sort((a, b) => b.total - a.total),
      others: { current: others.current, total: others.total },
    }),
  };
}
