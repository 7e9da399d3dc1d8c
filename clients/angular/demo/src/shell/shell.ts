import { NgComponentOutlet } from '@angular/common';
import { Component, computed, effect, inject } from '@angular/core';
import { injectStore, skipToken } from '@sockeye/angular';
import { injectWorkspace } from '../generated/collab.angular.gen.ts';
import { Announcements } from '../notices/announcements.ts';
import { Toaster } from '../notices/toaster.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { ConnectionBanner } from './connection-banner.ts';
import { Header } from './header.ts';
import { viewsFor } from './views.ts';

/** The page around the view of a workspace. */
@Component({
  selector: 'demo-shell',
  imports: [Announcements, ConnectionBanner, Header, NgComponentOutlet, Toaster],
  template: `
    <div class="app">
      <a class="skip" href="#board" (click)="skip($event)">Skip to the board</a>
      <demo-header [workspace]="workspace()" [room]="room" />
      <demo-connection-banner />
      <demo-announcements />
      @for (open of shown(); track open.workspace.id) {
        <ng-container *ngComponentOutlet="view().component; inputs: open" />
      } @empty {
        <main id="board" class="board" tabindex="-1">
          <p class="hint">You are not in a workspace yet. Ask someone to add you.</p>
        </main>
      }
      <demo-toaster />
    </div>
  `,
})
export class Shell {
  private readonly person = inject(PERSON);
  private readonly place = injectStore(inject(Page).places);
  protected readonly workspace = computed(() => {
    const { workspaces } = this.person;
    return workspaces.find(({ id }) => id === this.place().workspaceId) ?? workspaces[0];
  });
  private readonly views = viewsFor(this.person.me);
  protected readonly view = computed(
    () => this.views.find(({ id }) => id === this.place().view) ?? this.views[0],
  );
  protected readonly room = injectWorkspace(() => {
    const workspace = this.workspace();
    return workspace ? { workspaceId: workspace.id } : skipToken;
  });
  /** The one workspace that is open: another one is another element, with nothing of the one before. */
  protected readonly shown = computed(() => {
    const workspace = this.workspace();
    return workspace ? [{ workspace, room: this.room }] : [];
  });

  constructor() {
    effect(() => {
      document.title = `${this.workspace()?.name ?? 'Sockeye board'} · Angular`;
    });
  }

  protected skip(event: Event): void {
    event.preventDefault();
    document.getElementById('board')?.focus();
  }
}
