/** Severity of a change for one deployed side; later is worse. */
export const levels = ['safe', 'dangerous', 'breaking'] as const;

/**
 * `breaking`: something that worked no longer does. `dangerous`: it works, but a value is decoded differently, or the
 * effect cannot be determined. `safe`: deployed peers are not affected.
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

/** A kind of change, and how it is judged. */
export interface Rule {
  /** Kebab-case and permanent: configurations, approvals and reports refer to it. */
  readonly id: string;
  /** What the rule is about, in one sentence. */
  readonly purpose: string;
  readonly category: RuleCategory;
  /**
   * The level for deployed clients with the new server, where the payload is sent from client to server. For a rule
   * without `declared`, it follows from its verdicts in the plain case, as the rule's fixtures prove. Absent if the
   * rule has no such position.
   */
  readonly inbound?: Level;
  /** The same for payloads sent from server to client. */
  readonly outbound?: Level;
  /** The levels for deployed servers with new clients. Default: those for clients, with the directions swapped. */
  readonly servers?: { readonly inbound?: Level; readonly outbound?: Level };
  /** The reason for a level that no payload can prove. Without it, a payload has to prove every level. */
  readonly declared?: string;
  /**
   * The level if a payload is accepted but decoded differently. `backward`: by the new receiver of old payloads.
   * Default: dangerous.
   */
  readonly differs?: { readonly backward?: Level; readonly forward?: Level };
  /** What was found. `{field}`, `{event}`, `{path}`, `{before}`, `{after}` and `{detail}` are filled in. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string;
  /** No peer is affected by the change: a patch version is enough. */
  readonly patch?: true;
  /** The change does not concern what peers exchange: it needs no new version. */
  readonly free?: true;
}
