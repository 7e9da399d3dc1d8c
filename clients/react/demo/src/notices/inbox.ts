import { createContext, useContext } from 'react';
import type { Inbox } from '../../../../demo/inbox.ts';

/** Gives the notifications of the person who is signed in to the components below. */
export const InboxContext = createContext<Inbox | undefined>(undefined);

/** The notifications of the person who is signed in. */
export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('This is shown to people who are signed in only.');
  return inbox;
}
