import type { CSSProperties } from 'react';
import { hueOf, initials } from '../../../../demo/person.ts';

/** A person's initials on a colour of their own; decoration beside the name. */
export function Avatar({ person }: { person: { readonly id: string; readonly name: string } | undefined }) {
  if (!person) return <span className="avatar nobody" aria-hidden="true" />;
  return (
    <span className="avatar" aria-hidden="true" style={{ '--hue': hueOf(person.id) } as CSSProperties}>
      {initials(person.name)}
    </span>
  );
}
