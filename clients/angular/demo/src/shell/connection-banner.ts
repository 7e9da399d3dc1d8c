import { Component, computed, inject, input } from '@angular/core';
import type { Connection } from '@sockeye/client';
import { injectStore } from '@sockeye/angular';
import { connectionWords, secondsLeft } from '../../../../demo/connection-words.ts';
import { online } from '../../../../demo/online.ts';
import { createTicker } from '../../../../demo/store.ts';
import { Collab, injectCollabConnection } from '../generated/collab.angular.gen.ts';

const seconds = createTicker(500);

/** Hidden from screen readers, because it changes every second. */
@Component({
  selector: 'demo-countdown',
  host: { class: 'contents' },
  template: `<p aria-hidden="true">{{ left() ? 'Next attempt in ' + left() + ' s.' : 'Trying…' }}</p>`,
})
export class Countdown {
  readonly connection = input.required<Connection>();
  private readonly now = injectStore(seconds);
  protected readonly left = computed(() => secondsLeft(this.connection(), this.now()));
}

/** Shows what is wrong with the connection, when the next attempt is, and what the user can do. */
@Component({
  selector: 'demo-connection-banner',
  host: { class: 'contents' },
  imports: [Countdown],
  template: `
    <div class="banner" [hidden]="words().text === ''">
      <p role="status">{{ words().text }}</p>
      @switch (words().action) {
        @case ('retry') {
          <demo-countdown [connection]="connection()" />
          <button class="small-button" type="button" (click)="collab.reconnect()">Try now</button>
        }
        @case ('reload') {
          <button class="small-button" type="button" (click)="reload()">Reload</button>
        }
      }
    </div>
  `,
})
export class ConnectionBanner {
  private readonly isOnline = injectStore(online);
  protected readonly collab = inject(Collab);
  protected readonly connection = injectCollabConnection();
  protected readonly words = computed(() => connectionWords(this.connection(), this.isOnline()));

  protected reload(): void {
    location.reload();
  }
}
