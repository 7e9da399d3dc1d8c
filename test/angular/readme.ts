import { Component, computed, inject, input, signal, type ApplicationConfig } from '@angular/core';
import { withConnectWhile } from '@sockeye/angular';
import {
  Board,
  injectBoard,
  injectBoardConnection,
  injectBoardRequest,
  injectCardAdded,
  injectConfirm,
  provideBoard,
} from '../golden/board/out/board.angular.gen.ts';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBoard(
      () => {
        const session = inject(Session); // this function runs in an injection context
        return {
          url: 'https://api.example.com',
          auth: async ({ reason }) => ({ token: await session.token(reason === 'expired') }),
        };
      },
      withConnectWhile(() => inject(Session).signedIn()),
    ),
  ],
};

@Component({
  selector: 'app-board',
  template: `
    @if (offline()) {
      <p role="status">Reconnecting…</p>
    }
    @let state = board.state();
    @if (state.phase === 'denied') {
      <p>{{ state.error.code === 'FORBIDDEN' ? 'Not yours' : 'Try again' }}</p>
    } @else {
      <section [attr.aria-busy]="state.phase !== 'joined'" (pointermove)="move($event)">
        <p>{{ added() }} added</p>
        <ul>
          @for (card of cards(); track card.id) {
            <li>{{ card.text }}</li>
          }
        </ul>
        <input #text (keyup.enter)="post(text)" />
        <button [disabled]="add.isPending()" (click)="post(text)">Add</button>
        @if (add.error(); as error) {
          <p role="alert">{{ error.code === 'BOARD_FULL' ? 'The board is full' : error.message }}</p>
        }
      </section>
    }
  `,
})
export class BoardPage {
  readonly boardId = input.required<string>();
  // Joined while the page lives; another board when the input changes.
  protected readonly board = injectBoard(() => ({ boardId: this.boardId() }));
  protected readonly add = injectBoardRequest('card:add');
  protected readonly offline = injectBoardConnection(({ phase }) => phase === 'reconnecting');
  protected readonly cards = computed(() => this.board.data()?.cards ?? []);
  protected readonly added = signal(0);
  private readonly client = inject(Board);

  constructor() {
    injectCardAdded(() => this.added.update((count) => count + 1), { room: this.board });
    injectConfirm(({ question }) => ({ yes: window.confirm(question) }));
  }

  protected move({ clientX: x, clientY: y }: PointerEvent): void {
    this.client.cursorMove({ boardId: this.boardId(), x, y });
  }

  protected async post(input: HTMLInputElement): Promise<void> {
    const sent = await this.add.send({ boardId: this.boardId(), text: input.value });
    if (sent.ok) input.value = '';
  }
}

declare abstract class Session {
  abstract signedIn(): boolean;
  abstract token(force: boolean): Promise<string>;
}
