import { Component, inject, input } from '@angular/core';
import { skipToken, type RoomRef } from '@sockeye/angular';
import { AsyncPipe } from '@angular/common';
import {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- Injected by its class.
  Board,
  BoardSocketService,
  fromBoardEvent,
  injectBoard,
  provideBoard,
  withBoardSocketService,
} from '../../golden/board/out/board.angular.gen.ts';
import {
  injectShelf,
  injectShelfItems,
  injectStockInbox,
  type StockShelfState,
} from '../../golden/projections/out/stock.angular.gen.ts';

/** With the service facade. */
export const providers = [provideBoard({ auth: () => ({ token: 't' }) }, withBoardSocketService())];

/** Tokens are classes: constructor parameters need no `@Inject`. */
@Component({
  selector: 'app-service',
  imports: [AsyncPipe],
  template: `
    {{ (notices | async)?.text }} {{ service.connection().phase }}
    {{ (service.connection$ | async)?.attempt }}
    @switch (board.phase()) {
      @case ('joined') {
        {{ board.data()?.cards?.length }}
      }
      @case ('idle') {
        -
      }
    }
    @for (item of items().rows; track item.sku) {
      <b>{{ item.note ?? item.name }}</b>
    }
    {{ rows().toFixed() }} {{ inbox().unread }} {{ perhaps()?.length }} {{ moved.length }}
  `,
})
export class ServicePage {
  protected readonly service = inject(BoardSocketService);
  protected readonly notices = this.service.on('notice');
  protected readonly board = injectBoard(skipToken);
  protected readonly shelf = injectShelf({ shelf: 's1' });
  protected readonly items = injectShelfItems(this.shelf);
  protected readonly perhaps = injectShelfItems(
    injectShelf(() => (this.board.room() ? { shelf: '' } : skipToken)),
    ({ rows }) => rows,
  );
  readonly given = input.required<RoomRef<StockShelfState>>();
  protected readonly rows = injectShelfItems(this.given, ({ rows }) => rows.length);
  protected readonly inbox = injectStockInbox();
  protected readonly moved: number[] = [];

  constructor(client: Board) {
    fromBoardEvent('cursor:move', { room: this.board }).subscribe(({ x }) => this.moved.push(x));
    void this.service
      .request('card:add', { boardId: 'b', text: 't' })
      .then((sent) => sent.ok && sent.data.text);
    this.service.emit('cursor:move', { boardId: 'b', x: 1, y: 2 });
    client.onNotice(({ text }) => text);
  }
}
