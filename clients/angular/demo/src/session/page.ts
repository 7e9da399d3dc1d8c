import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable } from '@angular/core';
import type { AuthContext } from '@sockeye/client';
import { createApi } from '../../../../demo/api.ts';
import { tellDeliveries } from '../../../../demo/chat/deliveries.ts';
import { chatLoads } from '../../../../demo/chat/loads.ts';
import { createInbox } from '../../../../demo/inbox.ts';
import { createLine, keepTogether } from '../../../../demo/line.ts';
import { createPlaces } from '../../../../demo/place.ts';
import { createSession, type Live } from '../../../../demo/session.ts';
import { createToasts } from '../../../../demo/toasts.ts';
import { Chat, provideChat } from '../generated/chat.angular.gen.ts';
import { Collab, provideCollab } from '../generated/collab.angular.gen.ts';
import { Notifications, provideNotifications } from '../generated/notifications.angular.gen.ts';
import { INBOX } from '../notices/inbox.ts';
import { PERSON } from './person.ts';

/** Resources that are open while a person is signed in. */
export interface Opened extends Live {
  /** Provides the person's clients, and the person. */
  readonly injector: EnvironmentInjector;
}

/** Shared by the whole page, whoever is signed in. */
@Injectable({ providedIn: 'root' })
export class Page {
  private readonly root = inject(EnvironmentInjector);

  /** The server's REST side. */
  readonly api = createApi();

  /** Toasts at the bottom of the page. */
  readonly toasts = createToasts();

  /** The page's URL. */
  readonly places = createPlaces(import.meta.env.BASE_URL);

  /** The signed-in person with their clients, which share one connection. */
  readonly session = createSession(this.api, (person): Opened => {
    const shared = {
      auth: async ({ reason }: AuthContext) => ({ token: await this.api.token(reason === 'expired') }),
      manager: createLine(),
    };
    const inbox = createInbox(
      () => injector.get(Notifications),
      (problem) => this.toasts.show(problem, 'problem'),
    );
    const injector: EnvironmentInjector = createEnvironmentInjector(
      [
        provideCollab({
          ...shared,
          projections: {
            tasks: { load: ({ workspaceId }, { signal }) => this.api.tasks(workspaceId, signal) },
          },
        }),
        provideChat({ ...shared, projections: chatLoads(() => injector.get(Chat)) }),
        provideNotifications({ ...shared, projections: inbox.loads }),
        { provide: INBOX, useValue: inbox },
        { provide: PERSON, useValue: person },
      ],
      this.root,
    );
    const [client, chat] = [injector.get(Collab), injector.get(Chat)];
    const stops = [
      keepTogether(client, [chat, injector.get(Notifications)]),
      tellDeliveries(chat, person.me.id),
    ];
    return {
      injector,
      client,
      close: () => {
        for (const stop of stops) stop();
        injector.destroy();
      },
    };
  });
}
