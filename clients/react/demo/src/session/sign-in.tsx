import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Demo } from '../../../../demo/api.ts';
import { textOf } from '../../../../demo/form.ts';
import { signInSentence } from '../../../../demo/sentence.ts';
import { api, session } from './session.ts';

/** Sign-in form, with buttons for the demo users if there are any. */
export function SignIn({ message }: { message: string | undefined }) {
  const [problem, tell] = useState(message);
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  const signIn = async (username: string, secret: string): Promise<void> => {
    tell(undefined);
    setBusy(true);
    const result = await session.signIn(username, secret);
    setBusy(false);
    if (result.ok) return;
    tell(signInSentence(result.error));
    password.current?.select();
  };

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void signIn(textOf(event.currentTarget, 'username'), textOf(event.currentTarget, 'password'));
  };

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="44" height="44" />
        <h1>Sockeye board</h1>
        <p className="muted">One board, live between everyone who has it open.</p>
        <form className="stack" onSubmit={submit} aria-busy={isBusy}>
          <label>
            User name
            <input
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              autoFocus
            />
          </label>
          <label>
            Password
            <input ref={password} name="password" type="password" autoComplete="current-password" required />
          </label>
          <p className="error" role="alert">
            {problem}
          </p>
          <button className="primary" type="submit" disabled={isBusy}>
            Sign in
          </button>
        </form>
        <DemoUsers signIn={signIn} />
      </div>
    </main>
  );
}

/** Buttons to sign in as somebody of the demonstration; nothing elsewhere. */
function DemoUsers({ signIn }: { signIn: (username: string, password: string) => Promise<void> }) {
  const [demo, offer] = useState<Demo>();
  useEffect(() => {
    let isShown = true;
    void api.demo().then((result) => isShown && result.ok && offer(result.data));
    return () => {
      isShown = false;
    };
  }, []);

  const { users, password } = demo ?? {};
  if (!users || password === undefined) return null;
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">Or look around as</h2>
      <div className="demo-users">
        {users.map(({ username, name }) => (
          <button key={username} type="button" onClick={() => void signIn(username, password)}>
            {name}
          </button>
        ))}
      </div>
      <p className="muted small">
        Everyone’s password is <code>{password}</code>. Open a second tab as somebody else.
      </p>
      <p className="muted small">
        The same board <a href="/">as a plain page</a> or made with <a href="/angular/">Angular</a>.
      </p>
    </section>
  );
}
