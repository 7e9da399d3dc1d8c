/** How grave a finding is for one victim; later is worse. */
export const levels = ['safe', 'dangerous', 'breaking'] as const;

/**
 * `breaking`: something that worked no longer does. `dangerous`: it works, but something is read differently, or
 * nobody can tell. `safe`: nobody who is deployed notices.
 */
export type Level = (typeof levels)[number];

/** The worse of two levels. */
export function worseLevel(a: Level, b: Level): Level {
  return levels.indexOf(a) >= levels.indexOf(b) ? a : b;
}

export type RuleCategory =
  | 'contract'
  | 'event'
  | 'delivery'
  | 'room'
  | 'error'
  | 'ack'
  | 'payload'
  | 'property'
  | 'value'
  | 'collection'
  | 'version';

/** A kind of change, and what is thought of it. */
export interface Rule {
  /** Kebab-case and permanent: configurations, approvals and reports refer to it. */
  readonly id: string;
  /** What the rule is about, in one sentence. */
  readonly purpose: string;
  readonly category: RuleCategory;
  /**
   * The level for deployed clients that meet the new server, where the schema travels from client to server. For a
   * rule without `declared` this is what its verdicts come to in the plain case, which the rule's fixtures prove.
   * Absent where the rule has no such position.
   */
  readonly inbound?: Level;
  /** The same where the schema travels from server to client. */
  readonly outbound?: Level;
  /** The levels for deployed servers that meet new clients. Default: those of clients, positions exchanged. */
  readonly servers?: { readonly inbound?: Level; readonly outbound?: Level };
  /** Why the level stands although no payload shows it. Without it every level has to be proved by a payload. */
  readonly declared?: string;
  /**
   * What it means that a payload is accepted but read differently. `backward`: by the new reader of old payloads.
   * Default: dangerous.
   */
  readonly differs?: { readonly backward?: Level; readonly forward?: Level };
  /** What was found. `{field}`, `{event}`, `{path}`, `{before}`, `{after}` and `{detail}` are filled in. */
  readonly message: string;
  /** How to mend it. */
  readonly hint: string;
  /** No peer can see the change at all: a patch is enough. */
  readonly patch?: true;
  /** It is no change of the contract between peers: the version may stay as it is. */
  readonly free?: true;
}
