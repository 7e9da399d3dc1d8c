import { createContext, useContext } from 'react';
import type { Person } from '../../../../demo/session.ts';

/** Provides the signed-in person to the components below. */
export const PersonContext = createContext<Person | undefined>(undefined);

/** The signed-in person. */
export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('Render this only for signed-in users.');
  return person;
}
