import { Component, computed, inject, input, output } from '@angular/core';
import type { Mark } from '../../../../demo/chat/marks.ts';
import { partsOf } from '../../../../demo/chat/mentions.ts';
import type { Line } from '../../../../demo/chat/messages.ts';
import { timeOf } from '../../../../demo/notices.ts';
import type { Member, Message } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';

/** One message, with the day above it if it is the first of that day. */
@Component({
  selector: 'demo-message-line',
  host: { class: 'contents', role: 'none' },
  imports: [Avatar, Icon],
  template: `
    @let message = line().message;
    @if (line().day; as day) {
      <li class="day">
        <span>{{ day }}</span>
      </li>
    }
    @if (message.kind === 'system') {
      <li class="system">{{ message.text }}</li>
    } @else {
      <li
        class="message"
        [class.goes-on]="line().goesOn"
        [attr.data-message]="message.id"
        [attr.data-own]="isOwn() || null"
        [attr.data-pending]="line().isPending || null"
        [attr.data-mentions-me]="message.mentions.includes(me) || null"
      >
        @if (!line().goesOn) {
          <demo-avatar [person]="author()" />
        }
        <div class="message-body">
          @if (!line().goesOn) {
            <p class="message-head">
              <strong>{{ isOwn() ? 'You' : message.authorName }}</strong>
              <time [attr.datetime]="message.createdAt.toISOString()">{{ timeOf(message.createdAt) }}</time>
            </p>
          }
          @if (message.replyTo; as quote) {
            <blockquote class="quote">
              <strong>{{ quote.authorName }}</strong> {{ quote.text }}
            </blockquote>
          }
          <!-- prettier-ignore -->
          <p class="message-text">@for (part of parts(); track $index) {@if (part.member; as member) {<mark [attr.data-me]="member.id === me || null">{{ part.text }}</mark>} @else {{{ part.text }}}}</p>
          @if (mark(); as told) {
            <p class="message-mark" [attr.data-state]="told.state">{{ told.words }}</p>
          }
        </div>
        @if (!line().isPending) {
          <button
            class="icon-button small-icon"
            type="button"
            [attr.aria-label]="'Reply to “' + message.text.slice(0, 60) + '”'"
            (click)="answer.emit(message)"
          >
            <demo-icon name="reply" />
          </button>
        }
      </li>
    }
  `,
})
export class MessageLine {
  readonly line = input.required<Line>();
  readonly members = input.required<readonly Member[]>();
  /** The line under it: its delivery state, or who has read up to here. */
  readonly mark = input.required<Mark | undefined>();
  readonly answer = output<Message>();
  protected readonly me = inject(PERSON).me.id;
  protected readonly isOwn = computed(() => this.line().message.authorId === this.me);
  protected readonly author = computed(() => {
    const { authorId: id, authorName: name } = this.line().message;
    return { id, name };
  });
  protected readonly parts = computed(() => partsOf(this.line().message.text, this.members()));
  protected readonly timeOf = timeOf;
}
