import { createContext, useContext } from 'react';
import type { Inbox } from '../../../../demo/inbox.ts';

/** Provides the signed-in person's notifications to the components below. */
export const InboxContext = createContext<Inbox | undefined>(undefined);

/** The signed-in person's notifications. */
export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('Render this only for signed-in users.');
  return inbox;
}
