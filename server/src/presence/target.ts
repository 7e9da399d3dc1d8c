/**
 * Returns what others see of a user who has entered a room. Called once per connection and room, also for a second tab,
 * but then the first result stays.
 *
 * `known` is the same user as this node knows it from another room, so that you can keep what the user has set.
 */
export type PresentUser<Identity, Params, User> = (
  identity: Identity,
  about: { readonly params: Params; readonly known: User | undefined },
) => User;

/** Who is in the rooms of a kind, on every node. */
export interface PresenceTarget<User, Params, Key> {
  /** Users in a room, in order of arrival. If the store is unreachable: this node's users. Never rejects. */
  list(params: Params): Promise<readonly User[]>;
  /** Number of users in a room. Cheaper than `list`. Never rejects. */
  count(params: Params): Promise<number>;
  /**
   * Calls `run` with users who have entered a room, only on the node that they are connected to. Errors are logged.
   *
   * @returns a function that removes the listener.
   */
  onArrival(run: (params: Params, users: readonly User[]) => void): () => void;
  /**
   * Changes some fields of a user in every room of the user; resolves with those rooms.
   *
   * @throws ContractError INVALID_PAYLOAD (as a rejection) if the result does not match the contract.
   */
  update(key: Key, changes: Partial<User>): Promise<readonly Params[]>;
}
