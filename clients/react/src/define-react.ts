import type {
  ClientBase,
  Connection,
  EventMeta,
  RequestOptions,
  Result,
  RoomBase,
  Unsubscribe,
} from '@sockeye/client';
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { SkipToken } from './skip-token.ts';
import { useAsk } from './use-request.ts';
import { useListener, type Handler } from './use-listener.ts';
import { useSeat } from './use-seat.ts';
import { useStore } from './use-store.ts';

/** Props of a provider. */
export interface ProviderProps<Client> {
  /** Create it outside of rendering, once per signed-in user. */
  readonly client: Client;
  /** Whether to keep the client connected while mounted; never on a server. Default: true. */
  readonly connect?: boolean | undefined;
  readonly children?: ReactNode;
}

/** Options of a hook that listens. */
export interface InRoom<Room> {
  /** The value returned by the room's hook. Default: every room that the client is in. */
  readonly room?: { readonly room: Room | undefined };
}

/** The part of a room that a listener needs. It does not influence the inference of the event. */
export interface Listens<E, Payload> {
  on(event: NoInfer<E>, handler: (payload: NoInfer<Payload>, meta: EventMeta) => void): Unsubscribe;
}

/** Hooks of one contract by event names. Generated code defines `View`. */
export interface ReactHooks<Client> {
  readonly Provider: (props: ProviderProps<Client>) => ReactElement;
  readonly useClient: () => Client;
  readonly useConnection: <Selected = Connection>(
    select?: (connection: Connection) => Selected,
    isEqual?: (a: Selected, b: Selected) => boolean,
  ) => Selected;
  readonly useStore: typeof useStore;
  /** @param name The client's method that returns the room. */
  readonly useRoom: <View>(name: string, params: object | SkipToken) => View;
  readonly useEvent: (event: string, handler: Handler, options?: InRoom<unknown>) => void;
  readonly useAnswer: (event: string, handler: Handler) => void;
  readonly useRequest: <View>(event: string) => View;
}

interface Untyped extends ClientBase {
  readonly on: (event: string, handler: Handler) => Unsubscribe;
  readonly answer: (event: string, handler: Handler) => Unsubscribe;
  readonly request: (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
}

/**
 * Creates the provider and the hooks of a contract.
 *
 * @param prefix Prefix of the generated names, for messages: `Board`.
 */
export function defineReact<Client extends ClientBase>(prefix: string): ReactHooks<Client> {
  const Context = createContext<Client | undefined>(undefined);
  Context.displayName = prefix;

  function Provider({ client, connect = true, children }: ProviderProps<Client>): ReactElement {
    useEffect(() => {
      if (!connect) return undefined;
      const share = client.connect();
      return () => share.release();
    }, [client, connect]);
    return createElement(Context.Provider, { value: client }, children);
  }
  Provider.displayName = `${prefix}Provider`;

  function useClient(): Client {
    const client = useContext(Context);
    if (!client) throw new Error(`Hooks of ${prefix} must be used inside <${prefix}Provider>.`);
    return client;
  }

  function useUntyped(): Untyped {
    return useClient() as unknown as Untyped;
  }

  return {
    Provider,
    useClient,
    useConnection: function useConnection(select, isEqual) {
      return useStore(useClient().connection, select, isEqual);
    },
    useStore,
    useRoom: function useRoom<View>(name: string, params: object | SkipToken) {
      const rooms = useClient() as unknown as Readonly<Record<string, (params: object) => RoomBase>>;
      return useSeat(typeof params === 'symbol' ? undefined : rooms[name]!(params)) as View;
    },
    useEvent: function useEvent(event, handler, { room } = {}) {
      const client = useUntyped();
      const source = room ? (room.room as Pick<Untyped, 'on'> | undefined) : client;
      const listen = useCallback((run: Handler) => source!.on(event, run), [source, event]);
      useListener(source && listen, handler);
    },
    useAnswer: function useAnswer(event, handler) {
      const client = useUntyped();
      const listen = useCallback((run: Handler) => client.answer(event, run), [client, event]);
      useListener(listen, handler);
    },
    useRequest: function useRequest<View>(event: string) {
      const client = useUntyped();
      const ask = useCallback(
        (payload?: unknown, options?: RequestOptions) => client.request(event, payload, options),
        [client, event],
      );
      return useAsk(ask) as View;
    },
  };
}
