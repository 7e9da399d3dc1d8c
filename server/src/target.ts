import type { Cursor, Result } from '@sockeye/contract/wire';

/** The payload argument of an event; omitted for an event without a payload. */
export type PayloadArguments<Payload> = undefined extends Payload ? [payload?: Payload] : [payload: Payload];

/** Options of `request`. */
export interface RequestOptions {
  /** How long to wait for answers, in milliseconds. Default: the event's `timeout`, else the server's `timeoutMs`. */
  readonly timeoutMs?: number;
}

/** Several connections. `Events`: payloads by event; `Replies`: acks by event. */
export interface Target<Events, Replies> {
  /**
   * Sends an event. The payload is validated, stripped to the contract and encoded once for all receivers.
   *
   * @throws ContractError INVALID_PAYLOAD, with the invalid paths, if the payload does not match the contract.
   */
  emit<E extends keyof Events & string>(event: E, ...payload: PayloadArguments<Events[E]>): void;
  /** The same connections, but events are dropped for connections that are not ready. */
  readonly volatile: this;
  /** The same connections, except those with a socket id or in a Socket.IO room of this name. */
  except(...idsOrRooms: readonly string[]): this;
  /**
   * Sends an event and waits for acks. Resolves with the answers that arrived in time, each validated; never rejects
   * because of a client.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) if the payload does not match the contract.
   */
  request<E extends keyof Events & keyof Replies & string>(
    event: E,
    payload: Events[E],
    options?: RequestOptions,
  ): Promise<readonly Result<Replies[E]>[]>;
  /** Disconnects these connections from the namespace. */
  disconnect(): void;
}

/** The connections that are in at least one of the given rooms. */
export interface RoomTarget<Events, Replies> extends Target<Events, Replies> {
  /**
   * One of these connections, by its socket id: only it receives the room's event. A connection of this node that is
   * not in the room receives nothing; for connections of other nodes, membership is not checked.
   */
  only(socketId: string): this;
  /** Removes these connections from the rooms. */
  leave(): void;
  /**
   * Removes everyone whose identity has these values, such as `{ id }`, from the rooms, on every node. Generated
   * clients are notified and receive nothing of the room afterwards. For a join in progress, the room's authorizer is
   * called again, so revoke the permission before you evict.
   */
  evict(identity: Readonly<Record<string, unknown>>): void;
}

/** A target inside a handler. */
export interface SenderTarget<Events, Replies> extends RoomTarget<Events, Replies> {
  /** The same connections, except the caller's. */
  exceptSender(): this;
}

/** The position of a published event in the log of its room. */
export interface Published extends Cursor {
  /** The room's name. */
  readonly room: string;
}

/** Options of `publish`. */
export interface PublishOptions {
  /** Publishing again with the same key within a day has no effect and returns the first entry. Default: none. */
  readonly key?: string;
}

/** A room with a log. `Durable`: payloads of its durable events. */
export interface DurablePublisher<Durable> {
  /**
   * Appends a durable event to the room's log and sends it to the connected clients; clients that are away receive it
   * when they reconnect. Resolves when the event is stored.
   *
   * @throws ContractError (as a rejection) INVALID_PAYLOAD if the payload does not match the contract or the target is
   * not one whole room, UNAVAILABLE if the log is not writable.
   */
  publish<E extends keyof Durable & string>(
    event: E,
    payload: Durable[E],
    options?: PublishOptions,
  ): Promise<Published>;
}

/** The connections in a room with a log. */
export interface DurableRoomTarget<Events, Replies, Durable>
  extends RoomTarget<Events, Replies>, DurablePublisher<Durable> {}

/** The connections in a room with a log, inside a handler. */
export interface DurableSenderTarget<Events, Replies, Durable>
  extends SenderTarget<Events, Replies>, DurablePublisher<Durable> {}

/** A room inside a transaction. */
export interface TransactionTarget<Durable> {
  /**
   * Publishes when the transaction commits, in the order of the calls.
   *
   * @throws ContractError INVALID_PAYLOAD if the payload does not match the contract.
   */
  publish<E extends keyof Durable & string>(event: E, payload: Durable[E]): void;
}

/** What the transactions of all logs offer. */
export interface LogTransaction<Native> {
  /** The store's handle: writes through it are committed together with the events. */
  readonly native: Native;
}

/** One connection. */
export interface RequestTarget<Events, Replies> {
  /**
   * Sends an event; without effect if there is no such connection.
   *
   * @throws ContractError INVALID_PAYLOAD, with the invalid paths, if the payload does not match the contract.
   */
  emit<E extends keyof Events & string>(event: E, ...payload: PayloadArguments<Events[E]>): void;
  /** The same connection, but events are dropped while it is not ready. */
  readonly volatile: this;
  /**
   * Sends an event and waits for the ack. Resolves with the validated answer, or with TIMEOUT if none arrived in time,
   * DISCONNECTED if the connection has ended, INVALID_RESPONSE if the answer does not match the contract. Never rejects
   * because of the client.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) if the payload does not match the contract.
   */
  request<E extends keyof Events & keyof Replies & string>(
    event: E,
    payload: Events[E],
    options?: RequestOptions,
  ): Promise<Result<Replies[E]>>;
  /** Disconnects the connection from the namespace. */
  disconnect(): void;
}
