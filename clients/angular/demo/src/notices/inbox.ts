import { InjectionToken } from '@angular/core';
import type { Inbox } from '../../../../demo/inbox.ts';

/** The notifications of the person who is signed in. */
export const INBOX = new InjectionToken<Inbox>('inbox');
