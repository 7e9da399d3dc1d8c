import type { Store } from '@sockeye/client';
import type { Api } from './api.ts';
import { sentence } from './sentence.ts';
import { createStore } from './store.ts';

/** Counters of one contract's server. */
export interface Counters {
  readonly connections: number;
  readonly received: number;
  readonly refused: number;
  readonly sent: number;
}

/** Report of the server's process. */
export interface Report {
  readonly contracts: Readonly<Record<string, Counters>>;
  readonly connections: {
    readonly total: number;
    readonly list: readonly {
      readonly id: string;
      readonly contract: string;
      readonly userName?: string;
      readonly transport: string;
      readonly connectedAt: string;
      readonly rooms: readonly string[];
    }[];
  };
  readonly rooms: readonly {
    readonly contract: string;
    readonly room: string;
    readonly connections: number;
  }[];
  readonly bot: { readonly running: boolean };
}

/** Versions of clients that have connected. */
export interface Versions {
  readonly servers: readonly { readonly contract: string; readonly version: string }[];
  readonly clients: readonly VersionCount[];
}

/** Clients of one kind. */
export interface VersionCount {
  readonly client?: { readonly contract: string; readonly version: string };
  readonly current: number;
  readonly total: number;
}

/** State of the report. */
export interface OperationsState {
  /** Undefined until the first one. */
  readonly report: Report | undefined;
  readonly versions: Versions | undefined;
  /** Why the latest request failed; otherwise empty. */
  readonly problem: string;
}

/** The server's operations, for administrators. */
export interface Operations extends Store<OperationsState> {
  readonly disconnect: (connectionId: string) => Promise<void>;
  /** Starts or stops the bot. */
  readonly runBot: (running: boolean) => Promise<void>;
}

/** Creates {@link Operations}, which poll every `everyMs` milliseconds while someone is subscribed. */
export function createOperations(api: Api, everyMs: number): Operations {
  const store = createStore<OperationsState>({ report: undefined, versions: undefined, problem: '' });
  let watchers = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    const [report, versions] = await Promise.all([
      api.call<Report>('GET /ops'),
      api.call<Versions>('GET /ops/clients'),
    ]);
    const last = store.getSnapshot();
    store.set({
      report: report.ok ? report.data : last.report,
      versions: versions.ok ? versions.data : last.versions,
      problem: report.ok ? '' : sentence(report.error),
    });
    clearTimeout(timer);
    if (watchers > 0) timer = setTimeout(() => void ask(), everyMs);
  };

  const act = async (route: string, body?: object): Promise<void> => {
    const result = await api.call(route, body && { body });
    if (result.ok) await ask();
    else store.set({ ...store.getSnapshot(), problem: sentence(result.error) });
  };

  return {
    ...store,
    subscribe: (listener) => {
      const stop = store.subscribe(listener);
      if (watchers++ === 0) void ask();
      let isWatching = true;
      return () => {
        stop();
        if (isWatching && --watchers === 0) clearTimeout(timer);
        isWatching = false;
      };
    },
    disconnect: (id) => act(`DELETE /ops/connections/${encodeURIComponent(id)}`),
    runBot: (running) => act('POST /ops/bot', { running }),
  };
}

/** A moment as the time of the day, to the second. */
export function clockOf(iso: string): string {
  return clock.format(new Date(iso));
}

/** A client's contract and version. */
export function versionOf({ client }: VersionCount): string {
  return client ? `${client.contract} ${client.version}` : 'plain Socket.IO client';
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
