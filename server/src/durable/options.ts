/** How durable events are followed. */
export interface DurableOptions {
  /** How often what was passed on is compared with what the log holds, in milliseconds. Default: 2,000. */
  readonly checkMs?: number | undefined;
  /** Reads of a log that run at the same time, for clients that come back. Default: 32. */
  readonly maxReplays?: number | undefined;
  /** Newest entries of each room that stay in memory for clients that come back. Default: 512. */
  readonly ring?: number | undefined;
  /** Checks after which a room that nobody here is in is followed no longer. Default: 5. */
  readonly idleChecks?: number | undefined;
  /**
   * How long a command belongs to the node that works on it, in milliseconds, prolonged as long as it does: after a crash
   * the next attempt waits no longer than this. A node that stood still for longer finds its claim lost, and what it wrote
   * in the command's transaction undone. Default: 4,000.
   */
  readonly leaseMs?: number | undefined;
  /**
   * Names the user behind an identity: keys of commands are the user's own. Default: the identity's `id`, or the whole of
   * an identity that has none.
   */
  readonly commandOwner?: ((identity: unknown) => string) | undefined;
}

/** Options with their defaults filled in. */
export type DurableRule = { readonly [Key in keyof DurableOptions]-?: NonNullable<DurableOptions[Key]> };

/** Fills in the defaults that {@link DurableOptions} documents. */
export function resolveDurable(given: DurableOptions = {}): DurableRule {
  return {
    checkMs: given.checkMs ?? 2_000,
    maxReplays: given.maxReplays ?? 32,
    ring: given.ring ?? 512,
    idleChecks: given.idleChecks ?? 5,
    leaseMs: given.leaseMs ?? 4_000,
    commandOwner: given.commandOwner ?? ownerOf,
  };
}

function ownerOf(identity: unknown): string {
  const { id } = (identity ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number'
    ? `${typeof id}:${id}`
    : (JSON.stringify(identity) ?? '');
}
