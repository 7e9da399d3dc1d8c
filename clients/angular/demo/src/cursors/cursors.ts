import {
  afterRenderEffect,
  Component,
  computed,
  inject,
  input,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { injectStore, type RoomRef } from '@sockeye/angular';
import { pointOf } from '../../../../demo/cursor.ts';
import { pointerOutline } from '../../../../demo/icons.ts';
import { firstName, hueOf } from '../../../../demo/person.ts';
import type { CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import type { CursorMovedEvent } from '../generated/collab.types.gen.ts';
import { PERSON } from '../session/person.ts';

/** Where one of the others points; hidden until it has a place, so that it does not fly in from the corner. */
@Component({
  selector: 'demo-cursor',
  host: { class: 'contents' },
  template: `
    <div #mark hidden class="cursor" [attr.data-user]="cursor().userId" [style.--hue]="hue()">
      <svg viewBox="0 0 16 16"><path [attr.d]="outline" /></svg>
      <span>{{ name() }}</span>
    </div>
  `,
})
export class Cursor {
  readonly cursor = input.required<CursorMovedEvent>();
  readonly area = input.required<HTMLElement>();
  private readonly mark = viewChild.required<ElementRef<HTMLElement>>('mark');
  protected readonly hue = computed(() => hueOf(this.cursor().userId));
  protected readonly name = computed(() => firstName(this.cursor().userName));
  protected readonly outline = pointerOutline;

  constructor() {
    afterRenderEffect({
      earlyRead: () => pointOf(this.area(), this.cursor().at),
      write: (point) => {
        const to = point();
        const { nativeElement } = this.mark();
        nativeElement.hidden = !to;
        if (to) nativeElement.style.translate = `${to.left}px ${to.top}px`;
      },
    });
  }
}

/** The pointers of others. Renders separately from everything else, up to once per frame. */
@Component({
  selector: 'demo-cursors',
  host: { class: 'contents' },
  imports: [Cursor],
  template: `
    <div class="cursors" aria-hidden="true">
      @for (cursor of others(); track cursor.userId) {
        <demo-cursor [cursor]="cursor" [area]="area()" />
      }
    </div>
  `,
})
export class Cursors {
  readonly room = input.required<RoomRef<CollabWorkspaceState>>();
  readonly area = input.required<HTMLElement>();
  private readonly me = inject(PERSON).me;
  private readonly cursors = injectStore(() => this.room().room().cursors);
  protected readonly others = computed(() => this.cursors().filter(({ userId }) => userId !== this.me.id));
}
