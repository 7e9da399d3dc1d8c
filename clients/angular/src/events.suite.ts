import { Component, effect, EnvironmentInjector, input, NgZone, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { expect, it, vi } from 'vitest';
import { roomIn } from './room-ref.ts';
import { skipToken } from './skip-token.ts';
import { injectStore } from './store-signal.ts';
import { fromEvent, injectBoard, injectConfirm, injectEvent } from './testing/board-angular.ts';
import { page, type Mode } from './testing/page.ts';

const card = { id: 'c1', text: 'Milk', createdAt: '2026-01-01T00:00:00.000Z' };

interface Notice {
  readonly text: string;
}

let renders = 0;
let heard: string[] = [];

@Component({ selector: 'x-log', template: `{{ texts().length }} {{ count() }}` })
class Log {
  readonly name = input('log');
  protected readonly texts = signal<readonly string[]>([]);
  constructor() {
    injectEvent('notice', ({ text }: Notice) => {
      heard.push(`${this.name()}: ${text}`);
      this.texts.update((all) => [...all, text]);
    });
  }
  protected count(): string {
    renders++;
    return '';
  }
}

@Component({ selector: 'x-cards', template: '' })
class Cards {
  readonly id = input<string>();
  constructor() {
    const board = injectBoard(() => {
      const boardId = this.id();
      return boardId === undefined ? skipToken : { boardId };
    });
    injectEvent('card:added', (_, { room }) => heard.push(`${this.id()} ${room}`), { room: board });
    fromEvent<{ card: Notice }>('card:added', { room: board }).subscribe((event) =>
      heard.push(event.card.text),
    );
  }
}

@Component({ selector: 'x-child', template: '{{ phase() }}' })
class Child {
  readonly board = input.required<ReturnType<typeof injectBoard>>();
  protected readonly phase = injectStore(
    () => roomIn(this.board)?.status,
    (status) => status.phase,
  );
  constructor() {
    injectEvent('card:added', (_, { room }) => heard.push(`child ${room}`), { room: this.board });
  }
}

@Component({ selector: 'x-confirm', template: '' })
class Confirm {
  constructor() {
    injectConfirm(async () => ({ yes: true }));
  }
}

/** How events arrive, in either way of change detection. */
export function eventsSuite(mode: Mode): void {
  it('hears every event of a burst of 100, enters the zone a few times, and renders a few times', async () => {
    const { show, settle, connect, server } = page(mode);
    await connect();
    const { nativeElement } = show(Log);
    await settle();
    const before = renders;
    const run = vi.spyOn(TestBed.inject(NgZone), 'run');
    await settle(() => {
      for (let index = 0; index < 100; index++) server.push('notice', { text: String(index) });
    });
    expect(nativeElement.textContent).toBe('100 ');
    // Once for the delivery; Angular enters it for its own checks.
    expect(run.mock.calls.length).toBeLessThanOrEqual(3);
    expect(renders - before).toBeLessThanOrEqual(4);
  });

  it('runs handlers inside the zone, also what they start', async () => {
    const { settle, connect, server } = page(mode);
    await connect();
    const inside: boolean[] = [];
    TestBed.runInInjectionContext(() => injectEvent('notice', () => inside.push(NgZone.isInAngularZone())));
    await settle(() => server.push('notice', { text: '' }));
    expect(inside).toEqual([mode === 'zone']);
  });

  it('stops with its component, and leaves the handlers of others alone', async () => {
    const { show, settle, connect, server } = page(mode);
    await connect();
    heard = [];
    show(Log, { name: 'stays' });
    const goes = show(Log, { name: 'goes' });
    await settle(() => server.push('notice', { text: 'one' }));
    goes.destroy();
    await settle(() => server.push('notice', { text: 'two' }));
    expect(heard).toEqual(['stays: one', 'goes: one', 'stays: two']);
  });

  it('calls nothing of a component that is destroyed between event and delivery', async () => {
    const { show, settle, connect, server } = page(mode);
    await connect();
    heard = [];
    const fixture = show(Log);
    await settle(() => {
      server.push('notice', { text: 'late' });
      fixture.destroy();
    });
    expect(heard).toEqual([]);
  });

  it('hears one room alone, follows when it is another, and nothing when it is skipped', async () => {
    const { show, settle, connect, server, admit } = page(mode);
    await connect();
    heard = [];
    const push = (id: string) => server.push('card:added', { card }, { room: `board:${id}` });
    const fixture = show(Cards);
    await settle(() => push('a'));
    fixture.componentRef.setInput('id', 'a');
    await settle();
    await admit();
    await settle(() => [push('a'), push('b')]);
    fixture.componentRef.setInput('id', 'b');
    await settle();
    await admit();
    await settle(() => [push('a'), push('b')]);
    expect(heard).toEqual(['a board:a', 'Milk', 'b board:b', 'Milk']);
  });

  it('takes a room from an input', async () => {
    const { show, settle, connect, server, admit } = page(mode);
    await connect();
    heard = [];
    const injector = TestBed.inject(EnvironmentInjector);
    const [first, second] = ['a', 'b'].map((boardId) => injectBoard({ boardId }, { injector }));
    const fixture = show(Child, { board: first });
    await settle();
    await admit();
    await admit();
    expect(fixture.nativeElement.textContent).toBe('joined');
    const push = (id: string) => server.push('card:added', { card }, { room: `board:${id}` });
    await settle(() => [push('a'), push('b')]);
    fixture.componentRef.setInput('board', second);
    await settle();
    await settle(() => [push('a'), push('b')]);
    expect(heard).toEqual(['child board:a', 'child board:b']);
  });

  it("answers the server's questions while its component lives", async () => {
    const { show, settle, connect, server } = page(mode);
    await connect();
    const answers: unknown[] = [];
    const ask = () => server.push('confirm', { question: '?' }, (answer: unknown) => answers.push(answer));
    const fixture = show(Confirm);
    await settle(ask);
    fixture.destroy();
    show(Confirm).destroy();
    await settle(ask);
    expect(answers).toMatchObject([
      { ok: true, data: { yes: true } },
      { ok: false, error: { code: 'UNAVAILABLE' } },
    ]);
  });

  it('is an Observable: every subscriber for itself, complete with what injected it', async () => {
    const { show, settle, connect, server } = page(mode);
    await connect();
    const log: string[] = [];
    const fixture = show(Log);
    const injector = fixture.componentRef.injector;
    const notices = fromEvent<Notice>('notice', { injector });
    const watch = (name: string) =>
      notices.subscribe({
        next: ({ text }) => log.push(name + text),
        complete: () => log.push(`${name} end`),
      });
    const first = watch('a');
    watch('b');
    await settle(() => server.push('notice', { text: '1' }));
    first.unsubscribe();
    await settle(() => server.push('notice', { text: '2' }));
    fixture.destroy();
    await settle(() => server.push('notice', { text: '3' }));
    watch('c');
    expect(log).toEqual(['a1', 'b1', 'b2', 'b end', 'c end']);
  });

  it('reports what a handler throws, and goes on', async () => {
    const { settle, connect, server, errors } = page(mode);
    await connect();
    const thrown = new Error('Mine.');
    let calls = 0;
    TestBed.runInInjectionContext(() => {
      injectEvent('notice', () => {
        throw thrown;
      });
      injectEvent('notice', () => Promise.reject(thrown));
      injectEvent('notice', () => calls++);
    });
    await settle(() => server.push('notice', { text: '' }));
    expect([errors, calls]).toEqual([[thrown, thrown], 1]);
  });

  it('may be listened to from an effect', async () => {
    const { settle, connect, server } = page(mode);
    await connect();
    const log: string[] = [];
    const notices = TestBed.runInInjectionContext(() => {
      const board = injectBoard({ boardId: 'b' });
      return fromEvent<{ card: Notice }>('card:added', { room: board });
    });
    TestBed.runInInjectionContext(() =>
      effect((onCleanup) => {
        const subscription = notices.subscribe((event) => log.push(event.card.text));
        onCleanup(() => subscription.unsubscribe());
      }),
    );
    await settle();
    await settle(() => server.push('card:added', { card }, { room: 'board:b' }));
    expect(log).toEqual(['Milk']);
  });
}
