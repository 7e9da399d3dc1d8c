import { facesOf } from '../../../clients/demo/people.ts';
import { avatar, byId, make } from './dom.ts';
import type { OnlineUser } from './generated/collab.types.gen.ts';

/** Shows who is there; `me` comes last and its presence in the picker. */
export function showPeople(users: readonly OnlineUser[], me: string): void {
  const { faces, more } = facesOf(users, me);
  const items = faces.map(({ user: { id, name, presence }, label }) =>
    make(
      'li',
      { class: 'person', title: label, 'data-presence': presence, 'data-user': id },
      avatar({ id, name }),
      make('span', { class: 'visually-hidden' }, label),
    ),
  );
  const rest = more > 0 ? [make('li', { class: 'person more' }, `+${more}`)] : [];
  byId('people', HTMLUListElement).replaceChildren(...rest, ...items);
  const self = users.find(({ id }) => id === me);
  if (self) byId('presence', HTMLSelectElement).value = self.presence;
}
