import { Component, computed, effect, inject, input, output, signal } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import { kinds, membersLine, othersIn } from '../../../../demo/chat/channels.ts';
import { marksOf, typingLine } from '../../../../demo/chat/marks.ts';
import { linesOf, threadOf } from '../../../../demo/chat/messages.ts';
import { createThread } from '../../../../demo/chat/thread.ts';
import { visible } from '../../../../demo/visible.ts';
import {
  Chat,
  injectChannel,
  injectChannelMessages,
  injectChannelReceipts,
  injectChannelTyping,
} from '../generated/chat.angular.gen.ts';
import type { ChannelSummary, Message } from '../generated/chat.types.gen.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';
import { Composer } from './composer.ts';
import { Members } from './members.ts';
import { MessageLine } from './message-line.ts';

/** One channel: its messages, and a field for a new one. */
@Component({
  selector: 'demo-thread-pane',
  host: { class: 'contents' },
  imports: [Composer, Icon, Members, MessageLine],
  template: `
    <section class="thread" aria-labelledby="thread-title">
      <header class="thread-head">
        <button
          class="icon-button back"
          type="button"
          aria-label="Back to the channels"
          (click)="closed.emit()"
        >
          <demo-icon name="back" />
        </button>
        <div>
          <h2 id="thread-title">{{ channel().name }}</h2>
          <p class="muted small">{{ membersLine(channel()) }}</p>
        </div>
        <span class="thread-kind" [title]="kinds[channel().kind].name">
          <demo-icon [name]="kinds[channel().kind].icon" />
        </span>
        @if (channel().kind !== 'direct') {
          <demo-members [channel]="channel()" (left)="closed.emit()" />
        }
      </header>
      @if (room.phase() === 'denied') {
        <p class="hint">You do not have access to this channel.</p>
      } @else {
        <div
          class="scroller"
          tabindex="0"
          role="log"
          aria-labelledby="thread-title"
          [attr.aria-busy]="!isReady()"
        >
          <ol class="messages">
            @if (first() > 1 && isReady() && thread().length > 0) {
              <li class="earlier">
                <button
                  class="small-button"
                  type="button"
                  [disabled]="older().isLoading"
                  (click)="loadEarlier()"
                >
                  Load earlier messages
                </button>
              </li>
            }
            @for (line of lines(); track line.message.id) {
              <demo-message-line
                [line]="line"
                [members]="channel().members"
                [mark]="marks().get(line.message.id)"
                (answer)="answered.set($event)"
              />
            }
          </ol>
        </div>
      }
      <p class="typing" aria-live="polite">{{ typing() }}</p>
      <demo-composer
        [channel]="channel()"
        [others]="others()"
        [thread]="actions()"
        [answered]="answered()"
        [isDisabled]="room.phase() === 'denied'"
        (answer)="answered.set($event)"
      />
    </section>
  `,
})
export class ThreadPane {
  /** The same one for as long as this is shown. */
  readonly channel = input.required<ChannelSummary>();
  readonly closed = output();
  private readonly chat = inject(Chat);
  private readonly me = inject(PERSON).me;
  private readonly toasts = inject(Page).toasts;
  private readonly channelId = computed(() => this.channel().id);
  protected readonly actions = computed(() =>
    createThread({
      chat: this.chat,
      channelId: this.channelId(),
      me: this.me,
      tell: (problem) => this.toasts.show(problem, 'problem'),
    }),
  );
  private readonly params = computed(() => ({ channelId: this.channelId() }));
  protected readonly room = injectChannel(this.params);
  private readonly messages = injectChannelMessages(this.room);
  private readonly typists = injectChannelTyping(this.room);
  private readonly isVisible = injectStore(visible);
  private readonly receipts = injectChannelReceipts(this.room);
  protected readonly older = injectStore(() => this.actions().older);
  protected readonly isReady = computed(() => this.messages().status === 'ready');
  protected readonly thread = computed(() => threadOf(this.messages().rows, this.older().messages));
  protected readonly lines = computed(() => linesOf(this.thread()));
  protected readonly first = computed(() => this.thread()[0]?.seq ?? 1);
  protected readonly others = computed(() => othersIn(this.channel(), this.me.id));
  protected readonly marks = computed(() =>
    marksOf(this.thread(), this.me.id, { others: this.others(), receipts: this.receipts().rows }),
  );
  protected readonly typing = computed(() =>
    typingLine(
      this.typists()
        .filter(({ userId }) => userId !== this.me.id)
        .map(({ userName }) => userName),
    ),
  );
  protected readonly answered = signal<Message | undefined>(undefined);
  protected readonly kinds = kinds;
  protected readonly membersLine = membersLine;

  constructor() {
    effect(() => {
      const { last, read } = this.channel();
      const newest = last?.seq ?? 0;
      const canRead = this.isVisible() && this.isReady() && this.room.phase() === 'joined';
      if (canRead && newest > read) this.actions().read(newest);
    });
  }

  protected loadEarlier(): void {
    void this.actions().loadEarlier(this.first());
  }
}
