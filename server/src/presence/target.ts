/**
 * Tells whom others see behind a connection that has entered a room. Called once for each connection and room, also for
 * a second tab; what the first one said stays then.
 *
 * `known` is the same user as this node knows him from another room, so that what he has set himself can be kept.
 */
export type PresentUser<Identity, Params, User> = (
  identity: Identity,
  about: { readonly params: Params; readonly known: User | undefined },
) => User;

/** Who is in the rooms of a kind, on every node. */
export interface PresenceTarget<User, Params, Key> {
  /** Everyone in a room, in the order in which they came. Without the store: everyone of this node. Never rejects. */
  list(params: Params): Promise<readonly User[]>;
  /** How many are in a room: what `list` would tell, without a look at the users. Never rejects. */
  count(params: Params): Promise<number>;
  /**
   * Calls `run` with users who have just come into a room, on the one node that they came to. What it throws is logged.
   *
   * @returns the way to stop.
   */
  onArrival(run: (params: Params, users: readonly User[]) => void): () => void;
  /**
   * Changes some fields of a user in every room that he is in; resolves with those rooms.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) when the user would not match the contract.
   */
  update(key: Key, changes: Partial<User>): Promise<readonly Params[]>;
}
