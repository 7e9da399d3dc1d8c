import { Component, input } from '@angular/core';
import { injectBoard, injectBoardRequest } from '../../golden/board/out/board.angular.gen.ts';

@Component({
  selector: 'app-wrong',
  template: `
    {{ board.phaze() }} <!-- expect: TS2551 -->
    {{ board.data().cards.length }} <!-- expect: TS2532 -->
    {{ add.error().code }} <!-- expect: TS2532 -->
    @if (add.error()?.code === 'BOARD_FUL') {} <!-- expect: TS2367 -->
    @if (board.phase() === 'joind') {} <!-- expect: TS2367 -->
    @let state = board.state();
    @if (state.phase === 'denied') { {{ state.data.cards }} } <!-- expect: TS2532 -->
    @for (card of board.data()?.cards; track card.uid) {} <!-- expect: TS2339 -->
    <button (click)="add.send({ boardId: 'b' })"></button> <!-- expect: TS2345 -->
  `,
})
export class Wrong {
  readonly id = input.required<number>();
  protected readonly add = injectBoardRequest('card:add');
  protected readonly board = injectBoard(() => ({ boardId: 'b' }));
}
