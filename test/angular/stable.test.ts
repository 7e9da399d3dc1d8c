import 'zone.js';
import '@angular/compiler';
import { ApplicationRef, NgZone, provideZoneChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { expect, it } from 'vitest';
import { turn } from '../../clients/core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import {
  Board,
  injectBoard,
  injectBoardRequest,
  provideBoard,
} from '../golden/board/out/board.angular.gen.ts';

it('an open connection keeps no application from being stable, whoever opens it where', async () => {
  const server = scriptedServer();
  const heartbeats: ReturnType<typeof setTimeout>[] = [];
  /** As Socket.IO does: timers of the connection belong to the zone that it was opened in. */
  const io: typeof server.io = (url, settings, table) => {
    const socket = server.io(url, settings, table);
    const { connect } = socket;
    return Object.assign(socket, {
      connect: () => {
        heartbeats.push(setTimeout(() => undefined, 60_000));
        connect();
      },
    });
  };
  TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
  TestBed.configureTestingModule({
    providers: [provideZoneChangeDetection(), provideBoard({ io, auth: () => ({ token: 't' }) })],
  });
  const zone = TestBed.inject(NgZone);
  const application = TestBed.inject(ApplicationRef);
  // As components and services in the zone do, by inject functions and by the client itself.
  const [client, board, add] = zone.run(() =>
    TestBed.runInInjectionContext(() => [
      TestBed.inject(Board),
      injectBoard({ boardId: 'b' }),
      injectBoardRequest('card:add'),
    ]),
  );
  TestBed.tick();
  await turn();
  server.accept();
  await turn();
  zone.run(() => client.reconnect());
  await turn();
  server.accept();
  await turn();
  server.sent
    .splice(0)
    .at(-1)
    ?.ack({ ok: true, data: { cards: [] } });
  await turn();
  // Nobody answers, so that time limits run.
  zone.run(() => {
    void add.send({ boardId: 'b', text: 'Milk' });
    void client.cardAdd({ boardId: 'b', text: 'Tea' });
    client.board({ boardId: 'b' }).join().release();
  });
  await turn();
  expect([board.phase(), add.status(), heartbeats.length]).toEqual(['joined', 'pending', 2]);
  expect(server.sent).toHaveLength(2);
  expect(zone.hasPendingMacrotasks).toBe(false);
  await application.whenStable();
  heartbeats.forEach(clearTimeout);
  TestBed.resetTestingModule();
});
