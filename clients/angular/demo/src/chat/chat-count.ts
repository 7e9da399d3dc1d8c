import { Component } from '@angular/core';
import { unreadIn } from '../../../../demo/chat/channels.ts';
import { countText } from '../../../../demo/notices.ts';
import { injectChatChannels } from '../generated/chat.angular.gen.ts';

/** How many messages are unread, beside the name of the view. */
@Component({
  selector: 'demo-chat-count',
  host: { class: 'contents' },
  template: `
    @if (unread() > 0) {
      <span class="badge">{{ countText(unread()) }}<span class="visually-hidden"> unread</span></span>
    }
  `,
})
export class ChatCount {
  protected readonly unread = injectChatChannels(unreadIn);
  protected readonly countText = countText;
}
