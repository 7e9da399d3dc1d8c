import {
  ApplicationRef,
  Component,
  createComponent,
  createEnvironmentInjector,
  DestroyRef,
  effect,
  EnvironmentInjector,
  inject,
  InjectionToken,
  signal,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { AuthContext, Connection } from '@sockeye/client';
import type { Observable } from 'rxjs';
import { expect, it } from 'vitest';
import { fakeClock, turn } from '../../core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../core/src/testing/scripted-server.ts';
import { withConnectWhile } from './feature.ts';
import { injectStore } from './store-signal.ts';
import {
  binding,
  Board,
  BoardService,
  injectBoard,
  injectCardAdd,
  injectConfirm,
  injectConnection,
  injectEvent,
  withBoardService,
} from './testing/board-angular.ts';
import { changeDetection, page, type Mode } from './testing/page.ts';

const { gc: collectGarbage } = globalThis as { gc?: () => void };

@Component({ selector: 'x-everything', template: '' })
class Everything {
  constructor() {
    const board = injectBoard({ boardId: 'b' });
    injectConnection();
    injectCardAdd();
    injectEvent('notice', () => undefined);
    injectEvent('card:added', () => undefined, { room: board });
    injectConfirm(() => ({ yes: true }));
    injectStore(inject(Board).connection);
  }
}

/** How clients are provided, connected and closed, in either way of change detection. */
export function provideSuite(mode: Mode): void {
  it('makes the client when it is first injected, and connects it', async () => {
    const made: string[] = [];
    const { server, settle, client, phase } = page(mode, {
      get url() {
        made.push('made');
        return 'https://x.test';
      },
    });
    await settle();
    expect([made.length, server.sockets]).toEqual([1, 0]);
    client();
    await settle(server.accept);
    expect([phase(), server.urls]).toEqual(['connected', ['https://x.test/board']]);
  });

  it('asks for its options in an injection context, once', async () => {
    const TOKEN = new InjectionToken('token', { factory: () => 't9' });
    const server = scriptedServer();
    let calls = 0;
    const parent = (page(mode), TestBed.inject(EnvironmentInjector));
    const provided = binding.provide(() => {
      calls++;
      const token = inject(TOKEN);
      return { io: server.io, clock: fakeClock(), auth: () => ({ token }) };
    }, []);
    const injector = createEnvironmentInjector([provided], parent);
    injector.get(Board);
    injector.get(Board);
    await turn();
    expect([calls, server.handshakes]).toMatchObject([1, [{ token: 't9' }]]);
  });

  it('closes the client with the injector that made it, so that the next user begins anew', async () => {
    const parent = (page(mode), TestBed.inject(EnvironmentInjector));
    const [server, clock] = [scriptedServer(), fakeClock()];
    const options = { io: server.io, clock, auth: () => ({ token: 't' }) };
    const injector = createEnvironmentInjector([binding.provide(options, [])], parent);
    const client = injector.get(Board);
    await turn();
    server.accept();
    expect(client.connection.getSnapshot().phase).toBe('connected');
    injector.destroy();
    expect([client.connection.getSnapshot().phase, server.connected(), clock.timers()]).toEqual([
      'closed',
      false,
      0,
    ]);
  });

  it('is connected only while a condition is true', async () => {
    const signedIn = signal(false);
    const SESSION = new InjectionToken('session', { factory: () => signedIn });
    const { server, settle, client, phase, clock } = page(mode, {
      features: [withConnectWhile(() => inject(SESSION)())],
    });
    client();
    await settle();
    expect([phase(), server.handshakes.length]).toEqual(['idle', 0]);
    signedIn.set(true);
    await settle();
    await settle(server.accept);
    expect(phase()).toBe('connected');
    signedIn.set(false);
    await settle();
    await settle(() => clock.advance(1_000));
    expect(phase()).toBe('idle');
  });

  it('refreshes an expired token once, and shows unauthorized after that', async () => {
    const reasons: string[] = [];
    const { server, settle, client, phase } = page(mode, {
      auth: ({ reason }: AuthContext) => (reasons.push(reason), { token: reason }),
    });
    const connection = (client(), TestBed.runInInjectionContext(() => injectConnection()));
    const expired = { code: 'TOKEN_EXPIRED', message: 'x', retryable: false };
    await settle();
    await settle(() => server.deny('x', expired));
    await settle(() => server.deny('x', expired));
    expect(reasons).toEqual(['connect', 'expired']);
    expect([phase(), connection().phase, connection().error?.code]).toEqual([
      'unauthorized',
      'unauthorized',
      'TOKEN_EXPIRED',
    ]);
  });

  it('selects, and is the same signal value while nothing differs', async () => {
    const { settle, connect, server } = page(mode);
    await connect();
    const seen: unknown[] = [];
    TestBed.runInInjectionContext(() => {
      const part = injectConnection(({ phase }) => ({ up: phase === 'connected' }), {
        isEqual: (a, b) => a.up === b.up,
      });
      effect(() => seen.push(part()));
    });
    await settle();
    await settle(() => server.push('notice', { text: 1 }));
    await settle(() => server.cut());
    expect(seen).toEqual([{ up: true }, { up: false }]);
  });

  it('says which function was called outside of an injection context', () => {
    page(mode);
    expect(() => injectBoard({ boardId: 'b' })).toThrow(/NG0203: injectBoard\(\) can only be used within/);
    expect(() => injectStore(() => undefined)).toThrow(/NG0203: injectStore\(\)/);
    const injector = TestBed.inject(EnvironmentInjector);
    expect(injectBoard({ boardId: 'b' }, { injector }).phase()).toBe('idle');
  });

  it('says what is missing where no client is provided', () => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [changeDetection[mode]()] });
    expect(() => TestBed.runInInjectionContext(() => injectConnection())).toThrow(
      'Board is not provided. Add provideBoard(...) to the providers of the application or of a route.',
    );
  });

  it('is a service for those who expect one', async () => {
    const { server, settle } = page(mode, { features: [withBoardService()] });
    const service = TestBed.inject(BoardService);
    const log: unknown[] = [];
    service.connection$.subscribe(({ phase }: Connection) => log.push(phase));
    const notices = service.on('notice').subscribe(({ text }) => log.push(text));
    await settle();
    await settle(server.accept);
    await settle(() => server.push('notice', { text: 'Hi' }));
    notices.unsubscribe();
    await settle(() => server.push('notice', { text: 'Gone' }));
    expect(log).toEqual(['connecting', 'connected', 'Hi']);
    expect(service.connection().phase).toBe('connected');
    const asked = service.request('card:add', { boardId: 'b', text: 'Milk' });
    await settle(() => server.take('card:add').ack({ ok: false, error: { code: 'INTERNAL', message: '' } }));
    expect(await asked).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(service.emit('remind', { at: new Date(0) })).toBe(true);
    expect(service.client).toBe(TestBed.inject(Board));
  });

  it('is a service that keeps nothing of those who have listened', async () => {
    const { settle } = page(mode, { features: [withBoardService()] });
    const service = TestBed.inject(BoardService);
    const destroyRef = TestBed.inject(EnvironmentInjector).get(DestroyRef);
    const onDestroy = destroyRef.onDestroy.bind(destroyRef);
    let registered = 0;
    destroyRef.onDestroy = (callback) => {
      const forget = onDestroy(callback);
      registered++;
      return () => {
        registered--;
        forget();
      };
    };
    const room = service.client.board({ boardId: 'b' });
    const listen = () => [service.on('notice'), service.on('card:added', room), service.connection$];
    const subscriptions = listen().map((source: Observable<unknown>) => source.subscribe());
    expect(registered).toBe(3);
    for (const subscription of subscriptions) subscription.unsubscribe();
    for (let index = 0; index < 100; index++) listen();
    await settle();
    expect(registered).toBe(0);
  });

  it('leaves nothing behind after 1,000 mounts and unmounts', async () => {
    const { settle, connect, client, clock } = page(mode);
    await connect();
    let listeners = 0;
    const count = <Args extends unknown[]>(target: object, name: string) => {
      const members = target as Record<string, (...args: Args) => () => void>;
      const original = members[name]!;
      members[name] = (...args) => {
        const stop = original(...args);
        listeners++;
        return () => {
          listeners--;
          stop();
        };
      };
    };
    count(client(), 'on');
    count(client(), 'answer');
    count(client().connection, 'subscribe');
    const room = client().board({ boardId: 'b' });
    count(room, 'on');
    count(room.status, 'subscribe');
    const timers = clock.timers();
    const environmentInjector = TestBed.inject(EnvironmentInjector);
    const application = TestBed.inject(ApplicationRef);
    const mounted: WeakRef<Everything>[] = [];
    for (let index = 0; index < 1_000; index++) {
      const made = createComponent(Everything, { environmentInjector });
      mounted.push(new WeakRef(made.instance));
      application.attachView(made.hostView);
      application.tick();
      if (index === 0) expect(listeners).toBe(6);
      made.destroy();
      await turn();
    }
    await settle(() => clock.advance(60_000));
    expect({ listeners, timers: clock.timers() }).toEqual({ listeners: 0, timers });
    collectGarbage!();
    await settle();
    collectGarbage!();
    // The last one may still be on the stack, or Angular's.
    expect(mounted.filter((each) => each.deref()).length).toBeLessThanOrEqual(5);
  }, 60_000);
}
