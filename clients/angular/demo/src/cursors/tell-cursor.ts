import { DestroyRef, Directive, ElementRef, inject, input } from '@angular/core';
import { cursorEveryMs, placeOf } from '../../../../demo/cursor.ts';
import { newest } from '../../../../demo/pace.ts';
import { Collab } from '../generated/collab.angular.gen.ts';
import type { CursorPlace } from '../generated/collab.types.gen.ts';

/** Sends the pointer's position, at most 30 times a second; not for touch, which has no position while lifted. */
@Directive({ selector: '[demoTellCursor]' })
export class TellCursor {
  /** The workspace. */
  readonly demoTellCursor = input.required<string>();

  constructor() {
    const collab = inject(Collab);
    const board = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const cursor = newest<CursorPlace>(cursorEveryMs, (at) =>
      collab.cursorMove({ workspaceId: this.demoTellCursor(), at }),
    );
    // Not in a template: what a pointer does here changes nothing that Angular shows.
    const move = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') cursor.tell(placeOf(board, event));
    };
    board.addEventListener('pointermove', move);
    inject(DestroyRef).onDestroy(() => {
      board.removeEventListener('pointermove', move);
      cursor.cancel();
    });
  }
}
