// @vitest-environment node
import '@angular/compiler';
import {
  Component,
  inject,
  provideZonelessChangeDetection,
  type ApplicationRef,
  type EnvironmentProviders,
} from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import { expect, it } from 'vitest';
import { fakeClock } from '../../clients/core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import {
  Board,
  fromBoardEvent,
  injectBoard,
  injectBoardConnection,
  injectBoardEvent,
  injectBoardRequest,
  injectConfirm,
  provideBoard,
} from '../golden/board/out/board.angular.gen.ts';

let over = 0;

@Component({
  selector: 'x-app',
  template: `{{ connection().phase }} {{ board.phase() }} {{ add.status() }}`,
})
class App {
  protected readonly connection = injectBoardConnection();
  protected readonly board = injectBoard({ boardId: 'b' });
  protected readonly add = injectBoardRequest('card:add');
  constructor() {
    injectBoardEvent('notice', () => undefined, { room: undefined });
    injectConfirm(() => ({ yes: true }));
    fromBoardEvent('notice').subscribe({ complete: () => over++ });
    inject(Board);
  }
}

it('a server renders first values: it connects, joins, stores and waits for nothing', async () => {
  const [server, clock] = [scriptedServer(), fakeClock()];
  let asked = 0;
  const storage = new Proxy({}, { get: () => asked++ });
  Object.assign(globalThis, { localStorage: storage });
  const board: EnvironmentProviders = provideBoard({
    io: server.io,
    clock,
    auth: () => ({ token: String(asked++) }),
  });
  const bootstrap = (context: BootstrapContext): Promise<ApplicationRef> =>
    bootstrapApplication(
      App,
      { providers: [provideZonelessChangeDetection(), provideServerRendering(), board] },
      context,
    );
  const html = await renderApplication(bootstrap, { document: '<x-app></x-app>', url: '/' });
  Reflect.deleteProperty(globalThis, 'localStorage');
  expect(html).toMatch(/<x-app [^>]*>idle idle idle<\/x-app>/);
  expect({ sockets: server.sockets, timers: clock.timers(), asked, over }).toEqual({
    sockets: 0,
    timers: 0,
    asked: 0,
    over: 1,
  });
});
