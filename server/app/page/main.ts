import { createApi } from '../../../clients/demo/api.ts';
import { signInSentence } from '../../../clients/demo/sentence.ts';
import { createSession } from '../../../clients/demo/session.ts';
import { byId, make } from './dom.ts';
import { openLive } from './live.ts';
import { createNotices } from './notices.ts';

const signInView = byId('sign-in', HTMLElement);
const appView = byId('app', HTMLDivElement);
const form = byId('sign-in-form', HTMLFormElement);
const problem = byId('sign-in-error', HTMLParagraphElement);

const api = createApi();
const notices = createNotices();
const session = createSession(api, (person) => openLive({ api, notices, person }));

function show(): void {
  const state = session.getSnapshot();
  signInView.hidden = state.phase !== 'signed-out';
  appView.hidden = state.phase !== 'signed-in';
  if (state.phase !== 'signed-out') return;
  notices.clear();
  problem.textContent = state.message ?? '';
  form.reset();
  field('username').focus();
}

async function signIn(username: string, password: string): Promise<void> {
  problem.textContent = '';
  const result = await session.signIn(username, password);
  if (result.ok) return;
  problem.textContent = signInSentence(result.error);
  field('password').select();
}

async function offerDemo(): Promise<void> {
  const demo = await api.demo();
  if (!demo.ok || demo.data.password === undefined) return;
  const { users, password } = demo.data;
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
byId('sign-out', HTMLButtonElement).addEventListener('click', () => session.signOut());
session.subscribe(show);
void offerDemo();
void session.restore();
