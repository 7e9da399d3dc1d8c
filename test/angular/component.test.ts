import '@angular/compiler';
import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { fakeServer } from '@sockeye/client/testing';
import { beforeAll, expect, test, vi } from 'vitest';
import { provideBoard } from '../golden/board/out/board.angular.gen.ts';
import type { BoardEvents } from '../golden/board/out/board.client.gen.ts';
import type { BoardParams, Card } from '../golden/board/out/board.types.gen.ts';
import { BoardPage } from './readme.ts';

beforeAll(() => TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting()));

const card = (id: string, text: string): Card => ({ id, text, colour: 'blue', createdAt: new Date() });
const milk = card('6f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11', 'Milk');
const bread = card('7f0b1c8e-5a52-4c0a-9d53-0f4f5c1f2a11', 'Bread');

test('a board shows its cards, counts new ones, and says when it is full', async () => {
  const server = fakeServer<BoardEvents>({
    'board:join': ({ boardId }: BoardParams, { fail }) =>
      boardId === 'b1' ? { cards: [milk] } : fail('FORBIDDEN'),
    'card:add': (_payload, { fail }) => fail('BOARD_FULL', { limit: 1 }),
  });
  TestBed.configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      provideBoard({ auth: () => ({ token: 't' }), io: server.io }),
    ],
  });
  const page = TestBed.createComponent(BoardPage);
  page.componentRef.setInput('boardId', 'b1');
  const element = page.nativeElement as HTMLElement;
  const text = () => element.textContent;
  await vi.waitFor(() => expect(text()).toContain('Milk'));

  server.emit('card:added', { card: bread }, { boardId: 'b1' });
  await vi.waitFor(() => expect(text()).toContain('1 added'));

  element.querySelector('input')!.value = 'Eggs';
  element.querySelector('button')!.click();
  await vi.waitFor(() => expect(text()).toContain('The board is full'));
  expect(server.received.at(-1)).toEqual({ event: 'card:add', payload: { boardId: 'b1', text: 'Eggs' } });
});
