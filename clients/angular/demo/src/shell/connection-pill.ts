import { Component, computed } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import { connectionWords } from '../../../../demo/connection-words.ts';
import { online } from '../../../../demo/online.ts';
import { injectCollabConnection } from '../generated/collab.angular.gen.ts';

/** Where the connection stands, in a word. */
@Component({
  selector: 'demo-connection-pill',
  host: { class: 'contents' },
  template: `
    <p class="connection" [attr.data-phase]="connection().phase">
      <span>{{ word() }}</span>
    </p>
  `,
})
export class ConnectionPill {
  private readonly isOnline = injectStore(online);
  protected readonly connection = injectCollabConnection();
  protected readonly word = computed(() => connectionWords(this.connection(), this.isOnline()).word);
}
