import { createContext, useContext } from 'react';
import type { SignedIn } from '../../../../demo/session.ts';
import type { CollabClient } from '../generated/collab.client.gen.ts';

/** Gives the person who is signed in to the components below. */
export const SignedInContext = createContext<SignedIn<CollabClient> | undefined>(undefined);

/** The person who is signed in. */
export function useSignedIn(): SignedIn<CollabClient> {
  const state = useContext(SignedInContext);
  if (!state) throw new Error('This is shown to people who are signed in only.');
  return state;
}
