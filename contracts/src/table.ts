import type { ErrorBody } from './errors.ts';
import type { ContractStamp } from './handshake.ts';
import type { Validator } from './validator.ts';

/** Identity of a contract, and where it lives on a server. */
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
  /** The room's identifier in generated code; absent where it is the room's own name. */
  readonly name?: string;
  /** Names of its parameters, sorted by code unit. */
  readonly params: readonly string[];
  /** Checks the parameters object. */
  readonly validator?: Validator;
  /** Joined by the server when a socket connects: parameter name to identity field. */
  readonly auto?: Readonly<Record<string, string>>;
  /** Servers only, and given where durable events are bound to the room. */
  readonly log?: LogRule;
}

/** What is kept of a room's durable events, and who may read it. */
export interface LogRule {
  readonly history: 'full' | 'sinceJoin';
  /** Entries. */
  readonly keep: number;
  readonly maxAgeMs: number;
}

/** What clients of earlier versions speak in place of a payload or an answer. */
export interface CastEntry {
  /** Checks the earlier form. */
  readonly validator: Validator;
  /** Of what clients send: from the earlier application form to the event's own; of what they are sent: back. */
  readonly cast: (value: unknown) => unknown;
}

/** The form in which clients below a version speak an event. */
export interface EarlierEntry {
  /** Version of the contract. */
  readonly until: string;
  readonly payload?: CastEntry;
  readonly ack?: CastEntry;
}

/** An event as a runtime sees it: everything it needs to check, route and answer one. */
export interface EventEntry {
  /** Clients only: the event's identifier in generated code; absent where `memberName` gives it. */
  readonly name?: string;
  /** Checks the payload; absent for an event that carries none. */
  readonly payload?: Validator;
  /** The payload is a tuple whose items travel as positional arguments, without metadata: an existing wire. */
  readonly args?: true;
  /** Checks the acknowledgement's data; absent where the contract promises none. */
  readonly ack?: Validator;
  /** The acknowledgement is not in Sockeye's envelope: one bare value, or a tuple of several arguments. */
  readonly rawAck?: 'value' | 'args';
  /** With `rawAck`: the arguments that tell a plain client of a failure; absent where such a call stays unanswered. */
  readonly rawFailure?: ((error: ErrorBody) => unknown) | undefined;
  /** Servers only: codes of the contract's own errors that the event may end with. */
  readonly errors?: readonly string[];
  /** Room that a successful call enters. */
  readonly joins?: string;
  /** Room that a successful call leaves. */
  readonly leaves?: string;
  /** Room that the caller must be in. */
  readonly within?: string;
  /** Room that a server's event is bound to; absent for one that goes to everyone or to one socket. */
  readonly room?: string;
  /** The payload's own fields tell the room, so no `meta.room` is sent. */
  readonly roomInPayload?: true;
  /** Newest wins, may be lost. */
  readonly volatile?: true;
  /** An entry of its room's log: replayed to clients that were away. */
  readonly durable?: true;
  /** A command: takes effect once under its key, however often it is sent. */
  readonly once?: true;
  /** Servers only, the oldest first. */
  readonly versions?: readonly EarlierEntry[];
  readonly limit?: RateRule;
  /** How long the peer may take to acknowledge, in milliseconds; absent for the runtime's default. */
  readonly timeoutMs?: number;
}

/** Who is in a room, as a server sees it. */
export interface PresenceEntry {
  readonly room: string;
  /** Field of a user that tells users apart. */
  readonly key: string;
  /** Checks a user. */
  readonly of: Validator;
  /** Event that tells other clients the whole list, and the field of its payload that holds it. */
  readonly list?: { readonly event: string; readonly field: string };
}

/**
 * State that a client keeps from server events: what `collection`, `expiring`, `latest` or `feed` of the client's
 * runtime made. Opaque to everything else, so that a client carries only the kinds that it has.
 */
export interface ProjectionEntry {
  /** Room whose handle owns the state; absent where the client itself does. */
  readonly room?: string | undefined;
  readonly create: (host: never) => object;
}

/** A whole contract as generated code hands it to a runtime. */
export interface ContractTable {
  readonly contract: ContractInfo;
  /** Checks the handshake's `auth`, minus the contract stamp. */
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
