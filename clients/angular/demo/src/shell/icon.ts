import { Component, computed, input } from '@angular/core';
import { icons, type IconName } from '../../../../demo/icons.ts';

/** A line drawing; decoration only, so name the button that it is in. */
@Component({
  selector: 'demo-icon',
  host: { class: 'contents' },
  template: `
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path [attr.d]="outline()" />
    </svg>
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly outline = computed(() => icons[this.name()]);
}
