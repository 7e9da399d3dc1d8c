import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Member } from '../../../../demo/api.ts';
import { textOf } from '../../../../demo/form.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { Chat, injectChatRequest } from '../generated/chat.angular.gen.ts';
import type { Channel, ChannelSummary } from '../generated/chat.types.gen.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';

/** Starts a channel, joins an open one, or starts a direct message. */
@Component({
  selector: 'demo-new-channel',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <button
      class="icon-button"
      type="button"
      popovertarget="new-channel"
      aria-label="New conversation"
      (click)="browse()"
    >
      <demo-icon name="add" />
    </button>
    <div #panel id="new-channel" class="panel chat-panel" popover="auto">
      <h2>Message someone</h2>
      <ul class="choices">
        @for (member of others(); track member.id) {
          <li>
            <button type="button" (click)="write(member.id, panel)">{{ member.name }}</button>
          </li>
        }
      </ul>
      @if (joinable().length > 0) {
        <h2>Join a channel</h2>
        <ul class="choices">
          @for (channel of joinable(); track channel.id) {
            <li>
              <button type="button" (click)="join(channel.id, panel)">{{ channel.name }}</button>
            </li>
          }
        </ul>
      }
      <h2 id="start-channel">Start a channel</h2>
      <form #form class="stack" aria-labelledby="start-channel" (submit)="submit($event, form, panel)">
        <label>
          Name of the channel
          <input name="name" maxlength="80" required />
        </label>
        <label>
          Who may join
          <select name="kind">
            <option value="open">Everyone</option>
            <option value="private">People added by members</option>
          </select>
        </label>
        <button class="primary" type="submit" [disabled]="create.isPending()">Start</button>
      </form>
    </div>
  `,
})
export class NewChannel {
  readonly channels = input.required<readonly ChannelSummary[]>();
  readonly members = input.required<readonly Member[]>();
  readonly opened = output<string>();
  private readonly me = inject(PERSON).me.id;
  private readonly chat = inject(Chat);
  private readonly toasts = inject(Page).toasts;
  private readonly offered = signal<readonly Channel[]>([]);
  protected readonly create = injectChatRequest('channel:create');
  protected readonly others = computed(() => this.members().filter(({ id }) => id !== this.me));
  protected readonly joinable = computed(() =>
    this.offered().filter(({ id }) => !this.channels().some((channel) => channel.id === id)),
  );

  protected async browse(): Promise<void> {
    const result = await this.chat.channelBrowse();
    if (result.ok) this.offered.set(result.data.channels);
  }

  protected write(userId: string, panel: HTMLElement): void {
    void this.enter(this.chat.directOpen({ userId }), panel);
  }

  protected join(channelId: string, panel: HTMLElement): void {
    void this.enter(this.chat.memberAdd({ channelId, userId: this.me }), panel);
  }

  protected submit(event: Event, form: HTMLFormElement, panel: HTMLElement): void {
    event.preventDefault();
    const kind = textOf(form, 'kind') === 'private' ? 'private' : 'open';
    void this.enter(this.create.send({ name: textOf(form, 'name'), kind }), panel).then(() => form.reset());
  }

  private async enter(
    request: ReturnType<Chat['directOpen'] | Chat['memberAdd'] | Chat['channelCreate']>,
    panel: HTMLElement,
  ): Promise<void> {
    const result = await request;
    if (!result.ok) return this.toasts.show(sentence(result.error), 'problem');
    panel.hidePopover();
    this.opened.emit(result.data.id);
  }
}
