import {
  ApplicationRef,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
  type Provider,
  type Type,
} from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import type { ClientOptions } from '@sockeye/client';
import { fakeClock, turn, type FakeClock } from '../../../core/src/testing/fake-clock.ts';
import { scriptedServer, type ScriptedServer } from '../../../core/src/testing/scripted-server.ts';
import type { Feature } from '../feature.ts';
import { binding, Board } from './board-angular.ts';

/** How Angular learns that something has changed. */
export type Mode = 'zone' | 'zoneless';

/** Provides either. Neither is the default of every version. */
export const changeDetection = {
  zone: () => provideZoneChangeDetection(),
  zoneless: () => provideZonelessChangeDetection(),
} as const satisfies Record<Mode, () => unknown>;

/** An application with a board client, whose server does what the test says. */
export interface Page {
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly errors: unknown[];
  readonly client: () => Board;
  readonly phase: () => string;
  /** What was sent and not taken yet, by event name. */
  readonly names: () => readonly string[];
  /** Shows a component, checked by itself as in an application. */
  readonly show: <Shown>(component: Type<Shown>, inputs?: object) => ComponentFixture<Shown>;
  /** Does what is given, and lets client and Angular follow. */
  readonly settle: (what?: () => unknown) => Promise<void>;
  /** Makes the client, which connects, and lets the server accept. */
  readonly connect: () => Promise<void>;
  /** Answers the join that waits. */
  readonly admit: (title?: string) => Promise<void>;
}

/** What a page is made with. */
export interface PageOptions extends ClientOptions {
  readonly features?: readonly Feature[];
  readonly providers?: readonly Provider[];
}

/** Makes a {@link Page}; nothing is shown, nothing is connected. */
export function page(mode: Mode, { features = [], providers = [], ...options }: PageOptions = {}): Page {
  const server = scriptedServer();
  const clock = fakeClock();
  const errors: unknown[] = [];
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [
      changeDetection[mode](),
      binding.provide(
        {
          auth: () => ({ token: 't1' }),
          io: server.io,
          clock,
          onError: (error) => errors.push(error),
          ...options,
        },
        features,
      ),
      ...providers,
    ],
  });
  const client = () => TestBed.inject(Board);
  const settle = async (what?: () => unknown): Promise<void> => {
    const application = TestBed.inject(ApplicationRef);
    await turn();
    await what?.();
    await turn();
    await application.whenStable();
    await turn();
    await application.whenStable();
  };
  return {
    server,
    clock,
    errors,
    client,
    phase: () => client().connection.getSnapshot().phase,
    names: () => server.sent.map(({ event }) => event),
    show: (component, inputs = {}) => {
      const fixture = TestBed.createComponent(component);
      for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
      fixture.autoDetectChanges();
      return fixture;
    },
    settle,
    connect: async () => {
      client();
      await settle(server.accept);
    },
    admit: (title = 'Plans') => settle(() => server.take('board:join').ack({ ok: true, data: { title } })),
  };
}

/** Prepares the file that a suite runs in. */
export function prepare(): void {
  TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
}
