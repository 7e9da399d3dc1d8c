import {
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { suggestionsFor, withMention } from '../../../../demo/chat/mentions.ts';
import type { Thread } from '../../../../demo/chat/thread.ts';
import type { ChannelSummary, Member, Message } from '../generated/chat.types.gen.ts';
import { Icon } from '../shell/icon.ts';

/** Field for a new message. Enter sends it, Shift+Enter starts a new line. */
@Component({
  selector: 'demo-composer',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <form class="composer" aria-label="New message" (submit)="submit($event)">
      @if (answered(); as message) {
        <div class="answering">
          <p>
            Reply to <strong>{{ message.authorName }}</strong>: {{ message.text }}
          </p>
          <button
            class="icon-button small-icon"
            type="button"
            aria-label="Do not reply"
            (click)="answer.emit(undefined)"
          >
            <demo-icon name="cross" />
          </button>
        </div>
      }
      @if (suggestions().length > 0) {
        <ul class="suggestions" aria-label="Mention">
          @for (member of suggestions(); track member.id) {
            <li>
              <button class="small-button" type="button" (click)="mention(member)">
                &#64;{{ member.username }} <span class="muted">{{ member.name }}</span>
              </button>
            </li>
          }
        </ul>
      }
      <textarea
        #field
        rows="1"
        maxlength="4000"
        [value]="text()"
        [placeholder]="
          channel().kind === 'direct' ? 'Message ' + channel().name : 'Message #' + channel().name
        "
        [attr.aria-label]="'Message to ' + channel().name"
        [disabled]="isDisabled()"
        (input)="write(field.value)"
        (keydown)="onKey($event)"
      ></textarea>
      <button
        class="icon-button send"
        type="submit"
        aria-label="Send"
        [disabled]="isDisabled() || text().trim() === ''"
      >
        <demo-icon name="send" />
      </button>
    </form>
  `,
})
export class Composer {
  readonly channel = input.required<ChannelSummary>();
  readonly others = input.required<readonly Member[]>();
  readonly thread = input.required<Thread>();
  /** The message being replied to. */
  readonly answered = input.required<Message | undefined>();
  readonly isDisabled = input.required<boolean>();
  readonly answer = output<Message | undefined>();
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  protected readonly text = signal('');
  protected readonly suggestions = computed(() => suggestionsFor(this.text(), this.others()));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.thread().write(''));
    effect(() => {
      if (this.answered()) this.field().nativeElement.focus();
    });
  }

  protected write(text: string): void {
    this.text.set(text);
    this.thread().write(text);
  }

  protected mention(member: Member): void {
    const text = withMention(this.text(), member);
    this.show(text);
    this.thread().write(text);
    this.field().nativeElement.focus();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.field().nativeElement.focus();
    void this.send();
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.answer.emit(undefined);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.send();
  }

  private async send(): Promise<void> {
    const said = this.text().trim();
    if (said === '') return;
    const answered = this.answered();
    this.show('');
    this.answer.emit(undefined);
    const isSent = await this.thread().send(said, answered);
    // What was refused goes back into the field, unless the next is being written.
    if (!isSent && this.text() === '') this.show(said);
  }

  /** At once: the next key may be pressed before the template has followed. */
  private show(text: string): void {
    this.text.set(text);
    this.field().nativeElement.value = text;
  }
}
