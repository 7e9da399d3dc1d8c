import type { Cursor, Result } from '@sockeye/contract/wire';

/** The payload argument of an event; it can be left out for an event that carries none. */
export type PayloadArguments<Payload> = undefined extends Payload ? [payload?: Payload] : [payload: Payload];

/** How to ask. */
export interface RequestOptions {
  /** How long to wait for answers, in milliseconds. Default: the event's own `timeout`, else the server's `timeoutMs`. */
  readonly timeoutMs?: number;
}

/** Several connections. `Events`: payloads by event; `Replies`: what clients answer to the events that ask. */
export interface Target<Events, Replies> {
  /**
   * Sends an event. The payload is checked, stripped to the contract and encoded once, however many receive it.
   *
   * @throws ContractError INVALID_PAYLOAD when the payload does not match the contract, with the paths that do not.
   */
  emit<E extends keyof Events & string>(event: E, ...payload: PayloadArguments<Events[E]>): void;
  /** The same connections; what is sent to them may be lost where a connection is not ready to take it. */
  readonly volatile: this;
  /** The same connections without those given by socket id or room name. */
  except(...idsOrRooms: readonly string[]): this;
  /**
   * Asks every connection and resolves with the answers that came in time, each checked; it never rejects on account
   * of a client.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) when the payload does not match the contract.
   */
  request<E extends keyof Events & keyof Replies & string>(
    event: E,
    payload: Events[E],
    options?: RequestOptions,
  ): Promise<readonly Result<Replies[E]>[]>;
  /** Ends these connections to the namespace. */
  disconnect(): void;
}

/** The connections that are in at least one of some rooms. */
export interface RoomTarget<Events, Replies> extends Target<Events, Replies> {
  /**
   * One connection among them, by its socket id: the event is sent as this room's, to nobody else. A connection of
   * this node that is not in the room gets nothing; the membership of another node's is not looked up.
   */
  only(socketId: string): this;
  /** Takes these connections out of the rooms. */
  leave(): void;
  /**
   * Takes everyone out whose identity has these values, such as `{ id }`, on every node: for members that are none any
   * more. Generated clients are told, and nothing of the room reaches them after that. About who is just joining, the
   * room's authorizer is asked again: withdraw the right before.
   */
  evict(identity: Readonly<Record<string, unknown>>): void;
}

/** A target inside a handler. */
export interface SenderTarget<Events, Replies> extends RoomTarget<Events, Replies> {
  /** The same connections without the caller's own. */
  exceptSender(): this;
}

/** Where a published event stands in the log of its room. */
export interface Published extends Cursor {
  /** The room's name. */
  readonly room: string;
}

/** How to publish. */
export interface PublishOptions {
  /** Publishing again under the same key, within a day, does nothing and returns the first entry. Default: none. */
  readonly key?: string;
}

/** A room with a log. `Durable`: payloads of its durable events. */
export interface DurablePublisher<Durable> {
  /**
   * Appends a durable event to the room's log and sends it to whoever is there; who is away gets it on return.
   * Resolves when it is stored.
   *
   * @throws ContractError (as a rejection) INVALID_PAYLOAD when the payload does not match the contract or the target
   * is not one whole room, UNAVAILABLE when the log cannot be written.
   */
  publish<E extends keyof Durable & string>(
    event: E,
    payload: Durable[E],
    options?: PublishOptions,
  ): Promise<Published>;
}

/** The connections in a room that has a log. */
export interface DurableRoomTarget<Events, Replies, Durable>
  extends RoomTarget<Events, Replies>, DurablePublisher<Durable> {}

/** The connections in a room that has a log, inside a handler. */
export interface DurableSenderTarget<Events, Replies, Durable>
  extends SenderTarget<Events, Replies>, DurablePublisher<Durable> {}

/** A room inside a transaction. */
export interface TransactionTarget<Durable> {
  /**
   * Publishes when the transaction commits, in the order of the calls.
   *
   * @throws ContractError INVALID_PAYLOAD when the payload does not match the contract.
   */
  publish<E extends keyof Durable & string>(event: E, payload: Durable[E]): void;
}

/** What every transaction of a log offers. */
export interface LogTransaction<Native> {
  /** The store's own handle: what is written through it is committed with the events. */
  readonly native: Native;
}

/** One connection. */
export interface RequestTarget<Events, Replies> {
  /**
   * Sends an event; dropped in silence when there is no such connection.
   *
   * @throws ContractError INVALID_PAYLOAD when the payload does not match the contract, with the paths that do not.
   */
  emit<E extends keyof Events & string>(event: E, ...payload: PayloadArguments<Events[E]>): void;
  /** The same connection; what is sent may be lost where it is not ready to take it. */
  readonly volatile: this;
  /**
   * Asks and resolves with the checked answer: with TIMEOUT when none came in time, with DISCONNECTED when the
   * connection is gone, with INVALID_RESPONSE when it breaks the contract. It never rejects on account of the client.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) when the payload does not match the contract.
   */
  request<E extends keyof Events & keyof Replies & string>(
    event: E,
    payload: Events[E],
    options?: RequestOptions,
  ): Promise<Result<Replies[E]>>;
  /** Ends the connection to the namespace. */
  disconnect(): void;
}
