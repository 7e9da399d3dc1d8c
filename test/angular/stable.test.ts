import 'zone.js';
import '@angular/compiler';
import { ApplicationRef, NgZone, provideZoneChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { expect, it } from 'vitest';
import {
  Board,
  injectBoard,
  injectBoardRequest,
  provideBoard,
} from '../golden/board/out/board.angular.gen.ts';

it('an open connection keeps no application from being stable, wherever it was opened', async () => {
  const http = createServer();
  const server = new Server(http, { pingInterval: 10_000 });
  server.of('/board').on('connection', (socket) => {
    socket.on('board:join', (_payload, ...rest: unknown[]) => {
      (rest.at(-1) as (answer: unknown) => void)({ ok: true, data: { cards: [] } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
  TestBed.configureTestingModule({
    providers: [
      provideZoneChangeDetection(),
      provideBoard({ url, auth: () => ({ token: 't' }), socket: { transports: ['polling'] } }),
    ],
  });
  const zone = TestBed.inject(NgZone);
  const application = TestBed.inject(ApplicationRef);
  const client = TestBed.inject(Board);
  // As a component in the zone does.
  const board = zone.run(() => {
    client.connect();
    client.reconnect();
    return TestBed.runInInjectionContext(() => injectBoard({ boardId: 'b' }));
  });
  TestBed.tick();
  await new Promise<void>((resolve) => {
    const stop = board.room().status.subscribe(() => {
      if (board.room().status.getSnapshot().phase !== 'joined') return;
      stop();
      resolve();
    });
  });
  // Nobody answers, so that its time limit runs.
  const add = TestBed.runInInjectionContext(() => injectBoardRequest('card:add'));
  zone.run(() => void add.send({ boardId: 'b', text: 'Milk' }));
  await application.whenStable();
  expect([board.phase(), add.status(), zone.hasPendingMacrotasks]).toEqual(['joined', 'pending', false]);
  TestBed.resetTestingModule();
  await server.close();
});
