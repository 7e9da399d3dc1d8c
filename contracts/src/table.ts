import type { ErrorBody } from './errors.ts';
import type { ContractStamp } from './handshake.ts';
import type { Validator } from './validator.ts';

/** Identity of a contract, and its namespace. */
export interface ContractInfo extends ContractStamp {
  /** Socket.IO namespace, with its leading slash. */
  readonly namespace: string;
}

/** At most `rate` calls per `perMs` milliseconds and socket, in bursts of at most `burst`. */
export interface RateRule {
  readonly rate: number;
  readonly perMs: number;
  readonly burst: number;
}

/** A room as a runtime sees it. */
export interface RoomEntry {
  /** The room's identifier in generated code; absent if it equals the room's name. */
  readonly name?: string;
  /** Names of its parameters, sorted by code unit. */
  readonly params: readonly string[];
  /** Checks the parameters object. */
  readonly validator?: Validator;
  /** The server joins the room when a socket connects: parameter name to identity field. */
  readonly auto?: Readonly<Record<string, string>>;
  /** Servers only; present if durable events go to the room. */
  readonly log?: LogRule;
}

/** How much of a room's durable events is kept, and who may read it. */
export interface LogRule {
  readonly history: 'full' | 'sinceJoin';
  /** Number of entries. */
  readonly keep: number;
  readonly maxAgeMs: number;
}

/** What clients of earlier versions use in place of a payload or an ack. */
export interface CastEntry {
  /** Checks the earlier form. */
  readonly validator: Validator;
  /** Between application forms: from the earlier to the current one for what clients send, else the other way. */
  readonly cast: (value: unknown) => unknown;
}

/** The form of an event for clients below a version. */
export interface EarlierEntry {
  /** Clients below this version of the contract use this form. */
  readonly until: string;
  readonly payload?: CastEntry;
  readonly ack?: CastEntry;
}

/** An event as a runtime sees it: everything needed to validate, route and answer it. */
export interface EventEntry {
  /** Clients only: the event's identifier in generated code; absent if it is the one that `memberName` returns. */
  readonly name?: string;
  /** Checks the payload; absent for an event without one. */
  readonly payload?: Validator;
  /** The payload is a tuple, sent as positional arguments without metadata: an existing wire format. */
  readonly args?: true;
  /** Checks the acknowledgement's data; absent for an event without an ack. */
  readonly ack?: Validator;
  /** The acknowledgement is not in Sockeye's envelope: one bare value, or a tuple of several arguments. */
  readonly rawAck?: 'value' | 'args';
  /** With `rawAck`: the ack's arguments when a call fails; absent if a failed call is not answered. */
  readonly rawFailure?: ((error: ErrorBody) => unknown) | undefined;
  /** Servers only: codes of the contract's own errors that the event may end with. */
  readonly errors?: readonly string[];
  /** Room that a successful call enters. */
  readonly joins?: string;
  /** Room that a successful call leaves. */
  readonly leaves?: string;
  /** Room that the caller must be in. */
  readonly within?: string;
  /** Room that a server event goes to; absent if it goes to everyone or to one socket. */
  readonly room?: string;
  /** The payload's fields identify the room, so no `meta.room` is sent. */
  readonly roomInPayload?: true;
  /** May be lost; only the newest matters. */
  readonly volatile?: true;
  /** Stored in its room's log and replayed to clients that were away. */
  readonly durable?: true;
  /** A command: takes effect once per key, however often it is sent. */
  readonly once?: true;
  /** Servers only: earlier forms, oldest first. */
  readonly versions?: readonly EarlierEntry[];
  readonly limit?: RateRule;
  /** How long to wait for the ack, in milliseconds. Default: the runtime's. */
  readonly timeoutMs?: number;
}

/** Who is in a room, as a server sees it. */
export interface PresenceEntry {
  readonly room: string;
  /** Field of a user that identifies the user. */
  readonly key: string;
  /** Checks a user. */
  readonly of: Validator;
  /** Event that sends the whole list to clients that were not generated, and the payload field that holds it. */
  readonly list?: { readonly event: string; readonly field: string };
}

/**
 * State that a client derives from server events: the result of `collection`, `expiring`, `latest` or `feed` of the
 * client's runtime. Opaque to everything else, so that a bundle contains only the kinds that it uses.
 */
export interface ProjectionEntry {
  /** Room whose handle has the state; absent if the client itself has it. */
  readonly room?: string | undefined;
  readonly create: (host: never) => object;
}

/** A whole contract, as generated code passes it to a runtime. */
export interface ContractTable {
  readonly contract: ContractInfo;
  /** Checks the handshake's `auth`, without the contract stamp. */
  readonly auth?: Validator;
  /** Checks what `authenticate` returns. Servers only. */
  readonly identity?: Validator;
  readonly rooms: Readonly<Record<string, RoomEntry>>;
  /** The contract's own error codes; the validator checks their details. */
  readonly errors: Readonly<Record<string, { readonly details?: Validator; readonly retryable?: true }>>;
  readonly clientToServer: Readonly<Record<string, EventEntry>>;
  readonly serverToClient: Readonly<Record<string, EventEntry>>;
  /** Servers only. */
  readonly presence?: Readonly<Record<string, PresenceEntry>>;
  /** Clients only. */
  readonly projections?: Readonly<Record<string, ProjectionEntry>>;
}
