import type { OnlineUser } from './generated/collab.types.gen.ts';

/** Faces that are shown; the others are counted. */
const shown = 5;

/** Someone who is shown. */
export interface Face {
  readonly user: OnlineUser;
  /** Name and presence. */
  readonly label: string;
}

/** Who is shown, the user last, and how many more there are. */
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
