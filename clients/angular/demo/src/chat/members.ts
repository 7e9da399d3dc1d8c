import { Component, computed, inject, input, output } from '@angular/core';
import { firstName } from '../../../../demo/person.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { Chat } from '../generated/chat.angular.gen.ts';
import type { ChannelSummary } from '../generated/chat.types.gen.ts';
import { Avatar } from '../presence/avatar.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';

/** Members of a channel, to add and remove them. */
@Component({
  selector: 'demo-members',
  host: { class: 'contents' },
  imports: [Avatar, Icon],
  template: `
    <button class="icon-button" type="button" popovertarget="members-panel" aria-label="Members">
      <demo-icon name="people" />
    </button>
    <div id="members-panel" class="panel chat-panel" popover="auto">
      <h2>Members</h2>
      <ul class="choices" aria-label="Members">
        @for (member of channel().members; track member.id) {
          <li class="member">
            <demo-avatar [person]="member" />
            <span>{{ member.id === me.id ? member.name + ' (you)' : member.name }}</span>
            @if (me.admin && member.id !== me.id) {
              <button
                class="link"
                type="button"
                [attr.aria-label]="'Remove ' + member.name"
                (click)="remove(member.id)"
              >
                Remove
              </button>
            }
          </li>
        }
      </ul>
      @if (channel().kind !== 'admins' && addable().length > 0) {
        <h2>Add</h2>
        <ul class="choices">
          @for (person of addable(); track person.id) {
            <li>
              <button type="button" (click)="add(person.id)">Add {{ firstName(person.name) }}</button>
            </li>
          }
        </ul>
      }
      <button class="leave" type="button" (click)="leave()">Leave the channel</button>
    </div>
  `,
})
export class Members {
  readonly channel = input.required<ChannelSummary>();
  readonly left = output();
  private readonly person = inject(PERSON);
  private readonly chat = inject(Chat);
  private readonly toasts = inject(Page).toasts;
  protected readonly me = this.person.me;
  protected readonly addable = computed(() => {
    const known = this.person.workspaces.flatMap(({ members }) => members);
    const others = new Map(known.map((member) => [member.id, member]));
    for (const { id } of this.channel().members) others.delete(id);
    return [...others.values()];
  });
  protected readonly firstName = firstName;

  protected add(userId: string): void {
    void this.run(this.chat.memberAdd({ channelId: this.channel().id, userId }));
  }

  protected remove(userId: string): void {
    void this.run(this.chat.memberRemove({ channelId: this.channel().id, userId }));
  }

  protected async leave(): Promise<void> {
    const isOut = await this.run(
      this.chat.memberRemove({ channelId: this.channel().id, userId: this.me.id }),
    );
    if (isOut) this.left.emit();
  }

  private async run(request: ReturnType<Chat['memberAdd'] | Chat['memberRemove']>): Promise<boolean> {
    const result = await request;
    if (!result.ok) this.toasts.show(sentence(result.error), 'problem');
    return result.ok;
  }
}
