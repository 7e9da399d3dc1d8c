import { Component, computed, input } from '@angular/core';
import { hueOf, initials } from '../../../../demo/person.ts';

/** A person's initials on a colour of their own; decoration beside the name. */
@Component({
  selector: 'demo-avatar',
  host: { class: 'contents' },
  template: `
    @if (person(); as somebody) {
      <span class="avatar" aria-hidden="true" [style.--hue]="hue()">{{ initials(somebody.name) }}</span>
    } @else {
      <span class="avatar nobody" aria-hidden="true"></span>
    }
  `,
})
export class Avatar {
  readonly person = input.required<{ readonly id: string; readonly name: string } | undefined>();
  protected readonly hue = computed(() => hueOf(this.person()?.id ?? ''));
  protected readonly initials = initials;
}
