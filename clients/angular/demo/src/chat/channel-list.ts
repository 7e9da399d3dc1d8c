import { Component, computed, inject, input, output } from '@angular/core';
import type { Member } from '../../../../demo/api.ts';
import { groupsOf, kinds, othersIn, previewOf, unreadOf } from '../../../../demo/chat/channels.ts';
import { countText, timeOf } from '../../../../demo/notices.ts';
import type { ChannelSummary } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';
import { NewChannel } from './new-channel.ts';

/** The channels that the user is a member of. */
@Component({
  selector: 'demo-channel-list',
  host: { class: 'contents' },
  imports: [Avatar, Icon, NewChannel],
  template: `
    <section class="channels" aria-labelledby="channels-title" [attr.aria-busy]="isLoading()">
      <div class="channels-head">
        <h2 id="channels-title">Chat</h2>
        <demo-new-channel [channels]="channels()" [members]="members()" (opened)="opened.emit($event)" />
      </div>
      @for (group of groups(); track group.name) {
        <nav [attr.aria-label]="group.name">
          <h3>{{ group.name }}</h3>
          <ul>
            @for (channel of group.channels; track channel.id) {
              @let unread = unreadOf(channel);
              <li>
                <button
                  class="channel"
                  type="button"
                  [attr.aria-current]="channel.id === current() ? 'true' : null"
                  [attr.data-unread]="unread > 0 || null"
                  (click)="opened.emit(channel.id)"
                >
                  @if (channel.kind === 'direct') {
                    <demo-avatar [person]="othersIn(channel, me)[0]" />
                  } @else {
                    <span class="channel-kind"><demo-icon [name]="kinds[channel.kind].icon" /></span>
                  }
                  <span class="channel-name">{{ channel.name }}</span>
                  @if (channel.last; as last) {
                    <time [attr.datetime]="last.createdAt.toISOString()">{{ timeOf(last.createdAt) }}</time>
                  }
                  <span class="channel-preview">{{ previewOf(channel, me) }}</span>
                  @if (unread > 0) {
                    <span class="badge">
                      {{ countText(unread) }}<span class="visually-hidden"> unread</span>
                    </span>
                  }
                </button>
              </li>
            }
          </ul>
        </nav>
      }
    </section>
  `,
})
export class ChannelList {
  readonly channels = input.required<readonly ChannelSummary[]>();
  readonly isLoading = input.required<boolean>();
  /** The open channel. */
  readonly current = input.required<string | undefined>();
  /** People whom the user can message. */
  readonly members = input.required<readonly Member[]>();
  readonly opened = output<string>();
  protected readonly me = inject(PERSON).me.id;
  protected readonly groups = computed(() => groupsOf(this.channels()));
  protected readonly kinds = kinds;
  protected readonly countText = countText;
  protected readonly othersIn = othersIn;
  protected readonly previewOf = previewOf;
  protected readonly timeOf = timeOf;
  protected readonly unreadOf = unreadOf;
}
