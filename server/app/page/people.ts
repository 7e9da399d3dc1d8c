import { avatar, byId, make } from './dom.ts';
import type { OnlineUser } from './generated/collab.types.gen.ts';

const words = { online: 'online', away: 'away', busy: 'busy' } as const satisfies Record<
  OnlineUser['presence'],
  string
>;

/** Faces that are shown; the others are counted. */
const shown = 5;

/** Shows who is there; `me` comes last and its presence in the picker. */
export function showPeople(users: readonly OnlineUser[], me: string): void {
  const others = users.filter(({ id }) => id !== me);
  const self = users.find(({ id }) => id === me);
  const faces = [...others, ...(self ? [self] : [])].map((user) => {
    const name = user.id === me ? `${user.name} (you)` : user.name;
    const label = `${name}, ${words[user.presence]}`;
    const face = make('li', {
      class: 'person',
      title: label,
      'data-presence': user.presence,
      'data-user': user.id,
    });
    face.append(avatar(user), make('span', { class: 'visually-hidden' }, label));
    return face;
  });
  const visible = faces.length > shown ? faces.slice(-shown) : faces;
  const more = faces.length - visible.length;
  const rest = more > 0 && make('li', { class: 'person more' }, `+${more}`);
  byId('people', HTMLUListElement).replaceChildren(...(rest ? [rest] : []), ...visible);
  if (self) byId('presence', HTMLSelectElement).value = self.presence;
}
