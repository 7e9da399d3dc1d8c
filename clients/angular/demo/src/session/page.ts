import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable } from '@angular/core';
import { createApi } from '../../../../demo/api.ts';
import { createPlaces } from '../../../../demo/place.ts';
import { createSession, type Live } from '../../../../demo/session.ts';
import { createToasts } from '../../../../demo/toasts.ts';
import { Collab, provideCollab } from '../generated/collab.angular.gen.ts';
import { PERSON } from './person.ts';

/** What is open between signing in and signing out. */
export interface Opened extends Live {
  /** Provides the person's client, and the person. */
  readonly injector: EnvironmentInjector;
}

/** What there is once on the page, whoever is signed in. */
@Injectable({ providedIn: 'root' })
export class Page {
  private readonly root = inject(EnvironmentInjector);

  /** The server's REST side. */
  readonly api = createApi();

  /** The lines at the foot of the page. */
  readonly toasts = createToasts();

  /** The address of the page. */
  readonly places = createPlaces(import.meta.env.BASE_URL);

  /** Who is signed in, with a client of their own. */
  readonly session = createSession(this.api, (person): Opened => {
    const collab = provideCollab({
      auth: async ({ reason }) => ({ token: await this.api.token(reason === 'expired') }),
      projections: { tasks: { load: ({ workspaceId }, { signal }) => this.api.tasks(workspaceId, signal) } },
    });
    const injector = createEnvironmentInjector([collab, { provide: PERSON, useValue: person }], this.root);
    return { injector, client: injector.get(Collab), close: () => injector.destroy() };
  });
}
