import type { OnlineUser } from './generated/collab.types.gen.ts';

/** Maximum number of avatars; the others are counted. */
const shown = 5;

/** A person who is shown. */
export interface Face {
  readonly user: OnlineUser;
  /** Name and presence. */
  readonly label: string;
}

/** The people who are shown, the user last, and the number of others. */
export function facesOf(
  users: readonly OnlineUser[],
  me: string,
): { readonly faces: readonly Face[]; readonly more: number } {
  const ordered = [...users.filter(({ id }) => id !== me), ...users.filter(({ id }) => id === me)];
  const faces = ordered.slice(-shown).map((user) => ({
    user,
    label: `${user.id === me ? `${user.name} (you)` : user.name}, ${user.presence}`,
  }));
  return { faces, more: ordered.length - faces.length };
}
