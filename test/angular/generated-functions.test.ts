import '@angular/compiler';
import { Component, inject, input, provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { beforeAll, expect, it } from 'vitest';
import { fakeClock, turn } from '../../clients/core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import {
  BoardSocketService,
  fromBoardEvent,
  injectBoard,
  injectBoardConnection,
  injectBoardEvent,
  injectBoardRequest,
  injectCardAdded,
  injectConfirm,
  provideBoard,
  withBoardSocketService,
} from '../golden/board/out/board.angular.gen.ts';
import {
  injectShelf,
  injectShelfHands,
  injectShelfItems,
  injectStockInbox,
  injectStockTotal,
  provideStock,
  Stock,
} from '../golden/projections/out/stock.angular.gen.ts';

const card = {
  id: '7f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11',
  text: 'Milk',
  colour: 'blue',
  createdAt: '2026-01-01T00:00:00.000Z',
};

beforeAll(() => TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting()));

let heard: string[] = [];

@Component({
  selector: 'x-page',
  template: `{{ phase() }} {{ board.phase() }} {{ board.data()?.cards?.length }} {{ add.status() }}
    {{ add.data()?.text }}`,
})
class Page {
  readonly boardId = input.required<string>();
  protected readonly phase = injectBoardConnection((now) => now.phase);
  protected readonly board = injectBoard(() => ({ boardId: this.boardId() }));
  readonly add = injectBoardRequest('card:add');
  constructor() {
    injectCardAdded((event) => heard.push(`${this.board.phase()} ${event.card.createdAt.getFullYear()}`), {
      room: this.board,
    });
    injectBoardEvent('notice', ({ text }) => heard.push(text));
    fromBoardEvent('notice').subscribe(({ text }) => heard.push(`${text}!`));
    injectConfirm(({ question }) => ({ yes: question === 'Sure?' }));
  }
}

@Component({
  selector: 'x-shelf',
  template: `{{ names() }}|{{ hands().length }}|{{ inbox().unread }}|{{ total()?.items }}`,
})
class Shelf {
  readonly shelf = injectShelf({ shelf: 's1' });
  protected readonly names = injectShelfItems(this.shelf, ({ rows }) => rows.map(({ name }) => name).join());
  protected readonly hands = injectShelfHands(this.shelf);
  protected readonly inbox = injectStockInbox();
  protected readonly total = injectStockTotal();
  readonly stock = inject(Stock);
}

async function settle(what?: () => unknown): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await turn();
    if (round === 0) await what?.();
    await turn();
    TestBed.tick();
  }
}

it('a component of generated functions joins, listens, asks and answers', async () => {
  const server = scriptedServer();
  const answers: unknown[] = [];
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      provideBoard(
        () => ({ io: server.io, clock: fakeClock(), auth: () => ({ token: 't' }) }),
        withBoardSocketService(),
      ),
    ],
  });
  const fixture = TestBed.createComponent(Page);
  fixture.componentRef.setInput('boardId', 'b');
  fixture.autoDetectChanges();
  const text = () => (fixture.nativeElement as HTMLElement).textContent;
  TestBed.inject(BoardSocketService)
    .on('notice')
    .subscribe((event) => heard.push(`${event.text}?`));
  await settle();
  await settle(server.accept);
  expect(server.handshakes).toMatchObject([{ token: 't', sockeye: { contract: 'board' } }]);
  await settle(() => server.take('board:join').ack({ ok: true, data: { cards: [card] } }));
  expect(text()).toBe('connected joined 1 idle ');
  await settle(() => {
    server.push('card:added', { card }, { room: 'board:b' });
    server.push('notice', { text: 'Hello' });
    server.push('confirm', { question: 'Sure?' }, (answer: unknown) => answers.push(answer));
  });
  expect(heard).toEqual(
    ['Hello', 'Hello!', 'Hello?', 'joined 2026'].sort((a, b) => heard.indexOf(a) - heard.indexOf(b)),
  );
  expect(answers).toEqual([{ ok: true, data: { yes: true } }]);
  await settle(() => void fixture.componentInstance.add.send({ boardId: 'b', text: 'Milk' }));
  await settle(() => server.take('card:add').ack({ ok: true, data: card }));
  expect(text()).toBe('connected joined 1 success Milk');
  fixture.destroy();
  heard = [];
  await settle(() => server.push('notice', { text: 'Bye' }));
  expect(heard).toEqual(['Bye?']);
});

it('projections are signals: rows with optimistic edits, entries that expire, a feed, the latest value', async () => {
  const [server, clock] = [scriptedServer(), fakeClock()];
  TestBed.resetTestingModule();
  const frame = (run: () => void) => {
    let due = true;
    queueMicrotask(() => due && run());
    return () => (due = false);
  };
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      provideStock({
        io: server.io,
        clock,
        frame,
        projections: { items: { load: () => [{ sku: 'a', name: 'Apples' }] } },
      }),
    ],
  });
  const fixture = TestBed.createComponent(Shelf);
  fixture.autoDetectChanges();
  const text = () => (fixture.nativeElement as HTMLElement).textContent;
  expect(text()).toBe('|0|0|');
  await settle();
  await settle(server.accept);
  await settle(() => server.take('shelf:open').ack({ ok: true }));
  expect(text()).toBe('Apples|0|0|');

  const room = fixture.componentInstance.shelf.room();
  let finish = (_: { ok: true; data: undefined }): void => undefined;
  const answered = new Promise<{ ok: true; data: undefined }>((resolve) => (finish = resolve));
  const created = room.items.create({ sku: 'b', name: 'Bread' }, () => answered);
  await settle();
  expect(text()).toBe('Apples,Bread|0|0|');
  await settle(() => server.push('item:put', { sku: 'b', name: 'Bread' }, { room: 'shelf:s1' }));
  finish({ ok: true, data: undefined });
  await settle();
  expect([text(), (await created).ok]).toEqual(['Apples,Bread|0|0|', true]);
  const refused = room.items.remove('a', () => Promise.reject(new Error('No.')));
  await settle();
  expect([text(), (await refused).ok]).toEqual(['Apples,Bread|0|0|', false]);

  await settle(() => {
    server.push('item:touched', { by: 'ada', sku: 'a' }, { room: 'shelf:s1' });
    server.push('message', { id: 1, text: 'Hi' });
    server.push('total', { items: 7 });
  });
  expect(text()).toBe('Apples,Bread|1|1|7');
  await settle(() => clock.advance(1_500));
  fixture.componentInstance.stock.inbox.markRead();
  await settle();
  expect(text()).toBe('Apples,Bread|0|0|7');
  fixture.destroy();
  await settle(() => clock.advance(1_000));
  expect(room.status.getSnapshot().phase).toBe('left');
  expect(room.items.getSnapshot().rows).toEqual([]);
});
