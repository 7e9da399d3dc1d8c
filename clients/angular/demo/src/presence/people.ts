import { Component, computed, inject, input } from '@angular/core';
import { injectStore, type RoomRef, type SkippedRoom } from '@sockeye/angular';
import { facesOf } from '../../../../demo/people.ts';
import { injectCollabRequest, type CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import type { OnlineUser } from '../generated/collab.types.gen.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Avatar } from './avatar.ts';

/** Who is in the workspace now, and the user's own presence. */
@Component({
  selector: 'demo-people',
  host: { class: 'contents' },
  imports: [Avatar],
  template: `
    <ul class="people" aria-label="Online now">
      @if (faces().more > 0) {
        <li class="person more">+{{ faces().more }}</li>
      }
      @for (face of faces().faces; track face.user.id) {
        <li
          class="person"
          [title]="face.label"
          [attr.data-presence]="face.user.presence"
          [attr.data-user]="face.user.id"
        >
          <demo-avatar [person]="face.user" />
          <span class="visually-hidden">{{ face.label }}</span>
        </li>
      }
    </ul>
    <label class="presence-picker">
      <span class="visually-hidden">Your presence</span>
      <select #picker [disabled]="update.isPending()" (change)="choose(picker)">
        @for (choice of choices; track choice[0]) {
          <option [value]="choice[0]" [selected]="choice[0] === presence()">{{ choice[1] }}</option>
        }
      </select>
    </label>
  `,
})
export class People {
  readonly room = input.required<RoomRef<CollabWorkspaceState | SkippedRoom>>();
  private readonly page = inject(Page);
  private readonly me = inject(PERSON).me;
  private readonly told = injectStore(() => this.room().room()?.onlineUsers);
  private readonly users = computed(() => {
    const told = this.told();
    return told?.total ? told.users : (this.room().data()?.users ?? []);
  });
  protected readonly faces = computed(() => facesOf(this.users(), this.me.id));
  protected readonly presence = computed(
    () => this.users().find(({ id }) => id === this.me.id)?.presence ?? 'online',
  );
  protected readonly update = injectCollabRequest('presence:update');
  protected readonly choices = [
    ['online', 'Online'],
    ['away', 'Away'],
    ['busy', 'Busy'],
  ] as const;

  protected async choose(picker: HTMLSelectElement): Promise<void> {
    const result = await this.update.send({ presence: picker.value as OnlineUser['presence'] });
    if (result.ok) return;
    picker.value = this.presence();
    this.page.toasts.show('Your presence could not be set. Try again.', 'problem');
  }
}
