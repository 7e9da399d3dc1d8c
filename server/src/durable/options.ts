/** Options for durable events and commands. */
export interface DurableOptions {
  /** How often the node compares what it has delivered with the log, in milliseconds. Default: 2,000. */
  readonly checkMs?: number | undefined;
  /** Maximum number of concurrent reads of the log, for clients that reconnect. Default: 32. */
  readonly maxReplays?: number | undefined;
  /** How many of each room's newest entries stay in memory, for clients that reconnect. Default: 512. */
  readonly ring?: number | undefined;
  /** After how many checks the node stops following a room without members on this node. Default: 5. */
  readonly idleChecks?: number | undefined;
  /**
   * Lease of the node that executes a command, in milliseconds, renewed while the handler runs. After a crash, the next
   * attempt waits at most this long. A node that was frozen for longer loses its claim, and the writes in the command's
   * transaction are rolled back. Default: 4,000.
   */
  readonly leaseMs?: number | undefined;
  /**
   * Returns the user of an identity: each user has their own keys of commands. Default: the identity's `id`, or the
   * whole identity if it has no `id`.
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
