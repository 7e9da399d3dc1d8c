import { NgComponentOutlet } from '@angular/common';
import { Component, inject, input } from '@angular/core';
import { injectStore, type RoomRef, type SkippedRoom } from '@sockeye/angular';
import type { Workspace } from '../../../../demo/api.ts';
import type { CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import { Announce } from '../notices/announce.ts';
import { Bell } from '../notices/bell.ts';
import { People } from '../presence/people.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { ConnectionPill } from './connection-pill.ts';
import { Icon } from './icon.ts';
import { viewsFor, type View } from './views.ts';

/** The header: workspace, views, people, notifications and connection. */
@Component({
  selector: 'demo-header',
  host: { class: 'contents' },
  imports: [Announce, Bell, ConnectionPill, Icon, NgComponentOutlet, People],
  template: `
    <header class="bar">
      <div class="brand">
        <img [src]="icon" alt="" width="30" height="30" />
        <h1>Sockeye</h1>
      </div>
      <label class="workspace-picker">
        <span class="visually-hidden">Workspace</span>
        <select #picker (change)="open(picker.value)">
          @for (choice of person.workspaces; track choice.id) {
            <option [value]="choice.id" [selected]="choice.id === workspace()?.id">{{ choice.name }}</option>
          }
        </select>
      </label>
      <nav class="views" aria-label="Views">
        @for (view of views; track view.name) {
          <a
            [href]="hrefOf(view)"
            [attr.aria-current]="view.id === place().view ? 'page' : null"
            (click)="show(view, $event)"
            >{{ view.name }}<ng-container *ngComponentOutlet="view.count ?? null"
          /></a>
        }
      </nav>
      <demo-connection-pill />
      <div class="bar-end">
        <demo-people [room]="room()" />
        @if (person.me.admin) {
          <demo-announce />
        }
        <demo-bell />
        <button class="icon-button" type="button" aria-label="Sign out" (click)="signOut()">
          <demo-icon name="signOut" />
        </button>
      </div>
    </header>
  `,
})
export class Header {
  readonly workspace = input.required<Workspace | undefined>();
  readonly room = input.required<RoomRef<CollabWorkspaceState | SkippedRoom>>();
  private readonly page = inject(Page);
  protected readonly person = inject(PERSON);
  protected readonly place = injectStore(this.page.places);
  protected readonly views = viewsFor(this.person.me);
  protected readonly icon = `${import.meta.env.BASE_URL}icon.svg`;

  protected open(workspaceId: string): void {
    this.page.places.open({ workspaceId, view: this.place().view });
  }

  protected hrefOf({ id }: View): string {
    return this.page.places.hrefOf({ workspaceId: this.workspace()?.id, view: id });
  }

  protected show({ id }: View, event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.page.places.open({ workspaceId: this.workspace()?.id, view: id });
  }

  protected signOut(): void {
    this.page.toasts.clear();
    this.page.session.signOut();
  }
}
