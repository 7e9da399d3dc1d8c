import { createContext, useContext } from 'react';
import type { Person } from '../../../../demo/session.ts';

/** Gives the person who is signed in to the components below. */
export const PersonContext = createContext<Person | undefined>(undefined);

/** The person who is signed in. */
export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('This is shown to people who are signed in only.');
  return person;
}
