import { NgComponentOutlet } from '@angular/common';
import { Component, inject } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import { Page } from './session/page.ts';
import { SignIn } from './session/sign-in.ts';
import { Shell } from './shell/shell.ts';

/** The application: the sign-in form, then the workspaces. */
@Component({
  selector: 'demo-app',
  imports: [NgComponentOutlet, SignIn],
  template: `
    @let session = state();
    @switch (session.phase) {
      @case ('signed-out') {
        <demo-sign-in [message]="session.message ?? ''" />
      }
      @case ('signed-in') {
        <ng-container *ngComponentOutlet="shell; injector: session.live.injector" />
      }
    }
  `,
})
export class App {
  private readonly page = inject(Page);
  protected readonly state = injectStore(this.page.session);
  protected readonly shell = Shell;

  constructor() {
    void this.page.session.restore();
  }
}
