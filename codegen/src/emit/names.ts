/**
 * How names of a contract become names in generated code. One mechanical rule, so that a reader can derive one from the
 * other: split at everything that is not a letter or digit, join in camel case. `checkNames` (check-names.ts) rejects
 * what the rule cannot name; no name ever gets a suffix.
 *
 * @module names
 */

/** Maximum number of names that are kept; ten thousand events take 1 MB. */
const maxNames = 30_000;

/**
 * Identifier of an event, a room or a contract: `task:created` is `taskCreated`, `online_users` is `onlineUsers`.
 * Words in capitals become lower case: `QUOTA_EXCEEDED` is `quotaExceeded`, `HTTPRequest` is `httpRequest`. Empty if the
 * name has no letter and no digit.
 */
export const identifier = remembering((name: string): string => {
  const [first = '', ...rest] = words(name);
  return uncapitalized(first) + rest.map(capitalized).join('');
});

/** Type name of an event, a room, an error code or a contract: {@link identifier} in Pascal case. */
export const typeName = remembering((name: string): string => words(name).map(capitalized).join(''));

/** Type of a schema with an `id`: the id itself, such as `TaskId`; one that cannot be a type, by {@link typeName}. */
export function schemaType(id: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(id) ? id : typeName(id);
}

/** A place in a contract that has a payload, an answer or another validated value. */
export type Position =
  /** The handshake's `auth`; the identity. `name`: the contract's. */
  | { readonly at: 'auth' | 'identity'; readonly name: string }
  /** Parameters object of a room. `name`: the room's. */
  | { readonly at: 'params'; readonly name: string }
  /** Details of an error. `name`: its code. */
  | { readonly at: 'details'; readonly name: string }
  /** A client event's payload and its answer. `name`: the event's. */
  | { readonly at: 'payload' | 'ack'; readonly name: string }
  /** A server event's payload and its answer. `name`: the event's. */
  | { readonly at: 'event' | 'reply'; readonly name: string }
  /** A user of a presence projection. `name`: the projection's. */
  | { readonly at: 'entry'; readonly name: string };

const suffix = {
  auth: 'Auth',
  identity: 'Identity',
  params: 'Params',
  details: 'Details',
  payload: 'Payload',
  ack: 'Ack',
  event: 'Event',
  reply: 'Reply',
  entry: 'Entry',
} as const satisfies Record<Position['at'], string>;

/**
 * The one name of a position: exported type of the types file, exported validator of the validators file (`v.X`).
 * Details are the exception among types: they are members of {@link errorsType}.
 */
export function positionName(position: Position): string {
  return typeName(position.name) + suffix[position.at];
}

/** Name of the validator of a position, as tables write it after `v.`. */
export function validatorName(position: Position): string {
  return positionName(position);
}

/** Type of a client event's payload: `CardAddPayload`. */
export function payloadType(event: string): string {
  return positionName({ at: 'payload', name: event });
}

/** Type of the answer to a client event: `CardAddAck`. */
export function ackType(event: string): string {
  return positionName({ at: 'ack', name: event });
}

/** Type of a client event's errors: `CardAddError`. */
export function errorType(event: string): string {
  return `${typeName(event)}Error`;
}

/** Type of a server event's payload: `CardAddedEvent`. */
export function eventType(event: string): string {
  return positionName({ at: 'event', name: event });
}

/** Type of a client's answer to a server event: `ConfirmReply`. */
export function replyType(event: string): string {
  return positionName({ at: 'reply', name: event });
}

/** Type of a user of a presence projection: `OnlineUsersEntry`. */
export function entryType(projection: string): string {
  return positionName({ at: 'entry', name: projection });
}

/** Type of a room's parameters object: `BoardParams`. */
export function paramsType(room: string): string {
  return positionName({ at: 'params', name: room });
}

/** Validator of an error's details: `BoardFullDetails`. */
export function errorDetails(code: string): string {
  return positionName({ at: 'details', name: code });
}

/** Interface that maps the contract's error codes to their details: `BoardErrors`. */
export function errorsType(contract: string): string {
  return `${typeName(contract)}Errors`;
}

/** Name of a constant or function made from a verb and a contract: `createBoardServer`. */
export function constName(verb: string, contract: string, noun: string): string {
  return verb + typeName(contract) + noun;
}

/** Name of a React hook: of a room, of a server event, or of the contract followed by a noun. */
export function hookName(name: string, noun = ''): string {
  return `use${typeName(name)}${noun}`;
}

/** Result type of a room's React hook: `BoardWorkspaceView`. */
export function viewType(contract: string, room: string): string {
  return `${typeName(contract)}${typeName(room)}View`;
}

/** The same function with a cache. Every file uses every name. */
function remembering(make: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= maxNames) known.clear();
    const made = make(name);
    known.set(name, made);
    return made;
  };
}

function words(name: string): string[] {
  return name
    .split(/[^\p{L}\p{Nd}\p{M}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
}

/** Lowers leading capitals, except the one that begins the next word. */
function uncapitalized(word: string): string {
  return word.replace(/^\p{Lu}+(?=\p{Lu}\P{Lu})|^\p{Lu}/u, (capitals) => capitals.toLowerCase());
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
