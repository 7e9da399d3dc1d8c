import { createApi, isRefusal } from './api.ts';
import { byId, make } from './dom.ts';
import { createNotices } from './notices.ts';
import { openSession, type Session } from './session.ts';
import { isOriginalTab } from '../../../clients/demo/tab.ts';

const signInView = byId('sign-in', HTMLElement);
const appView = byId('app', HTMLDivElement);
const form = byId('sign-in-form', HTMLFormElement);
const problem = byId('sign-in-error', HTMLParagraphElement);

const api = createApi(() => leave('Your session has ended. Sign in again.'));
const notices = createNotices();
let session: Session | undefined;

function showSignIn(message = ''): void {
  appView.hidden = true;
  signInView.hidden = false;
  problem.textContent = message;
  form.reset();
  field('username').focus();
}

async function enter(): Promise<void> {
  try {
    session = await openSession({
      api,
      notices,
      onRefused: () => leave('Your session has ended. Sign in again.'),
    });
    signInView.hidden = true;
    appView.hidden = false;
  } catch (error) {
    showSignIn(
      isRefusal(error)
        ? 'Your session has ended. Sign in again.'
        : 'The server cannot be reached. Try again.',
    );
  }
}

/** Closes everything of the session; the board of one person must not show through to the next. */
function leave(message = ''): void {
  session?.close();
  session = undefined;
  notices.clear();
  void api.signOut();
  showSignIn(message);
}

async function signIn(username: string, password: string): Promise<void> {
  problem.textContent = '';
  try {
    await api.signIn(username, password);
  } catch (error) {
    problem.textContent =
      error instanceof Error && !(error instanceof TypeError)
        ? error.message
        : 'The server cannot be reached.';
    field('password').select();
    return;
  }
  await enter();
}

async function offerDemo(): Promise<void> {
  const { users, password } = await api.demo();
  if (password === undefined) return;
  const buttons = users.map(({ username, name }) => {
    const button = make('button', { type: 'button' }, name);
    button.addEventListener('click', () => void signIn(username, password));
    return button;
  });
  byId('demo-users', HTMLDivElement).replaceChildren(...buttons);
  byId('demo-password', HTMLElement).textContent = password;
  byId('demo', HTMLElement).hidden = false;
}

function field(name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn(field('username').value, field('password').value);
});
byId('sign-out', HTMLButtonElement).addEventListener('click', () => leave());
offerDemo().catch(() => {});
// The copy of a tab brings a copy of its refresh token, and only one of the two could use it.
if (!(await isOriginalTab())) api.forget();
if (api.hasSession()) void enter();
else showSignIn();
