import { Component, inject } from '@angular/core';
import { textOf } from '../../../../demo/form.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { Page } from '../session/page.ts';
import { Icon } from '../shell/icon.ts';

/** For administrators: sends an announcement to everyone connected. */
@Component({
  selector: 'demo-announce',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <button class="icon-button" type="button" popovertarget="announce-panel" aria-label="Announce">
      <demo-icon name="announce" />
    </button>
    <form
      #form
      id="announce-panel"
      class="panel stack"
      popover="auto"
      aria-labelledby="announce-title"
      (submit)="submit($event, form)"
    >
      <h2 id="announce-title">Send an announcement</h2>
      <label>
        Message
        <textarea name="text" rows="3" maxlength="500" required></textarea>
      </label>
      <label>
        Kind
        <select name="level">
          <option value="info">Information</option>
          <option value="warning">Warning</option>
        </select>
      </label>
      <button class="primary" type="submit">Send to everyone</button>
    </form>
  `,
})
export class Announce {
  private readonly page = inject(Page);

  protected async submit(event: Event, form: HTMLFormElement): Promise<void> {
    event.preventDefault();
    const level = textOf(form, 'level') === 'warning' ? 'warning' : 'info';
    const result = await this.page.api.announce(textOf(form, 'text'), level);
    if (!result.ok) return this.page.toasts.show(sentence(result.error), 'problem');
    form.reset();
    form.hidePopover();
  }
}
