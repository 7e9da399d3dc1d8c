import { Component, computed, effect, inject, input } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import type { Workspace } from '../../../../demo/api.ts';
import { injectChatChannels } from '../generated/chat.angular.gen.ts';
import { Page } from '../session/page.ts';
import { ChannelList } from './channel-list.ts';
import { ThreadPane } from './thread-pane.ts';

/** Channels and direct messages; on a phone, either the list or one channel. */
@Component({
  selector: 'demo-chat',
  host: { class: 'contents' },
  imports: [ChannelList, ThreadPane],
  template: `
    <main id="board" class="chat" tabindex="-1" [attr.data-open]="item() === undefined ? null : ''">
      <demo-channel-list
        [channels]="channels().rows"
        [isLoading]="channels().status === 'loading'"
        [current]="item()"
        [members]="workspace().members"
        (opened)="open($event)"
      />
      @for (channel of shown(); track channel.id) {
        <demo-thread-pane [channel]="channel" (closed)="open(undefined)" />
      } @empty {
        <section class="thread">
          @if (item() !== undefined && channels().status === 'ready') {
            <div class="hint">
              <p>You are not a member of this channel.</p>
              <button class="small-button" type="button" (click)="open(undefined)">
                Back to the channels
              </button>
            </div>
          }
        </section>
      }
    </main>
  `,
})
export class Chat {
  readonly workspace = input.required<Workspace>();
  /** The workspace's room, as every view is given it. */
  readonly room = input<unknown>();
  private readonly places = inject(Page).places;
  private readonly place = injectStore(this.places);
  protected readonly channels = injectChatChannels();
  protected readonly item = computed(() => this.place().item);
  /** The one channel that is open: another one is another element, with nothing of the one before. */
  protected readonly shown = computed(() => this.channels().rows.filter(({ id }) => id === this.item()));
  private readonly first = computed(() => {
    const { rows } = this.channels();
    return rows.find(({ kind }) => kind === 'open')?.id ?? rows[0]?.id;
  });

  constructor() {
    // Where there is room for both, there is always something to read beside the list.
    effect(() => {
      const first = this.first();
      if (this.item() !== undefined || first === undefined) return;
      if (!matchMedia('(min-width: 821px)').matches) return;
      this.places.replace({ workspaceId: this.workspace().id, view: 'chat', item: first });
    });
  }

  protected open(channelId: string | undefined): void {
    this.places.open({ workspaceId: this.workspace().id, view: 'chat', item: channelId });
  }
}
