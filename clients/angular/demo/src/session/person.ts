import { InjectionToken } from '@angular/core';
import type { Person } from '../../../../demo/session.ts';

/** The person who is signed in. */
export const PERSON = new InjectionToken<Person>('person');
