import {
  afterNextRender,
  Component,
  computed,
  inject,
  input,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import type { Demo } from '../../../../demo/api.ts';
import { textOf } from '../../../../demo/form.ts';
import { signInSentence } from '../../../../demo/sentence.ts';
import { Page } from './page.ts';

/** Sign-in form, with buttons for the demo users if there are any. */
@Component({
  selector: 'demo-sign-in',
  template: `
    <main class="sign-in">
      <div class="sign-in-card">
        <img [src]="icon" alt="" width="44" height="44" />
        <h1>Sockeye board</h1>
        <p class="muted">One board, live between everyone who has it open.</p>
        <form #form class="stack" [attr.aria-busy]="isBusy()" (submit)="submit($event, form)">
          <label>
            User name
            <input
              #username
              name="username"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
              required
            />
          </label>
          <label>
            Password
            <input #password name="password" type="password" autocomplete="current-password" required />
          </label>
          <p class="error" role="alert">{{ problem() ?? message() }}</p>
          <button class="primary" type="submit" [disabled]="isBusy()">Sign in</button>
        </form>
        @if (demo(); as offer) {
          <section class="demo" aria-labelledby="demo-title">
            <h2 id="demo-title">Or look around as</h2>
            <div class="demo-users">
              @for (user of offer.users; track user.username) {
                <button type="button" (click)="signIn(user.username, offer.password)">{{ user.name }}</button>
              }
            </div>
            <p class="muted small">
              Everyone’s password is <code>{{ offer.password }}</code>. Open a second tab as somebody else.
            </p>
            <p class="muted small">
              The same board <a href="/">as a plain page</a> or made with <a href="/react/">React</a>.
            </p>
          </section>
        }
      </div>
    </main>
  `,
})
export class SignIn {
  /** Why nobody is signed in any more; empty where nobody was. */
  readonly message = input('');
  private readonly page = inject(Page);
  private readonly username = viewChild.required<ElementRef<HTMLInputElement>>('username');
  private readonly password = viewChild.required<ElementRef<HTMLInputElement>>('password');
  private readonly offered = signal<Demo>({ users: [] });
  protected readonly icon = `${import.meta.env.BASE_URL}icon.svg`;
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly isBusy = signal(false);
  protected readonly demo = computed(() => {
    const { users, password } = this.offered();
    return password === undefined ? undefined : { users, password };
  });

  constructor() {
    afterNextRender(() => this.username().nativeElement.focus());
    void this.page.api.demo().then((demo) => demo.ok && this.offered.set(demo.data));
  }

  protected submit(event: Event, form: HTMLFormElement): void {
    event.preventDefault();
    void this.signIn(textOf(form, 'username'), textOf(form, 'password'));
  }

  protected async signIn(username: string, password: string): Promise<void> {
    this.problem.set('');
    this.isBusy.set(true);
    const result = await this.page.session.signIn(username, password);
    this.isBusy.set(false);
    if (result.ok) return;
    this.problem.set(signInSentence(result.error));
    this.password().nativeElement.select();
  }
}
