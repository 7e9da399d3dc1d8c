import { act, cleanup, render } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';
import { Board, useBoard, useCardAdd } from './testing/board-react.ts';
import { page } from './testing/setup.tsx';

afterEach(cleanup);

function App() {
  const { phase } = Board.useConnection();
  const board = useBoard({ boardId: 'b' });
  const { status } = useCardAdd();
  Board.useEvent('notice', () => undefined);
  return <p>{`${phase} ${board.phase} ${status}`}</p>;
}

it('connects while mounted, once under StrictMode, and not at all when told not to', async () => {
  const { client, show, settle, server, clock, phase } = page();
  const { unmount } = show(null);
  await settle(server.accept);
  expect(server.handshakes).toHaveLength(1);
  unmount();
  await settle(() => clock.advance(1_000));
  expect(phase()).toBe('idle');
  render(<Board.Provider client={client} connect={false} />);
  await settle();
  expect(phase()).toBe('idle');
});

it('listens before it connects, so that nothing is missed', async () => {
  const { show, settle, server } = page();
  const heard: string[] = [];
  function Notices() {
    Board.useEvent('notice', ({ text }: { text: string }) => heard.push(text));
    return null;
  }
  show(<Notices />);
  await settle(() => {
    server.accept();
    server.push('notice', { text: 'welcome' });
  });
  expect(heard).toEqual(['welcome']);
});

it('renders on a server without connecting, and hydrates without a difference, also when all is joined already', async () => {
  const onServer = page();
  const html = renderToString(onServer.wrap(<App />));
  await onServer.settle();
  expect(html).toBe('<p>idle idle idle</p>');
  expect(onServer.server.sockets).toBe(0);

  const { wrap, settle, connect, join } = page();
  await connect();
  await join('b');
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = html;
  const paragraph = container.firstChild;
  const differences: unknown[] = [];
  const root = await act(async () =>
    hydrateRoot(container, wrap(<App />), { onRecoverableError: (error) => differences.push(error) }),
  );
  await settle();
  expect(differences).toEqual([]);
  expect(container.firstChild).toBe(paragraph);
  expect(container.textContent).toBe('connected joined idle');
  act(() => root.unmount());
  container.remove();
});

it('moves to the client of another user: the old connection is closed, its room is not shown', async () => {
  const [alice, bob] = [page(), page()];
  const { rerender, container } = render(<Board.Provider client={alice.client} children={<App />} />);
  await alice.settle(alice.server.accept);
  await alice.settle(() => alice.server.take('board:join').ack({ ok: true, data: { title: 'A' } }));
  expect(container.textContent).toBe('connected joined idle');
  rerender(<Board.Provider client={bob.client} children={<App />} />);
  expect(container.textContent).toBe('connecting waiting idle');
  await alice.settle(() => alice.clock.advance(5_000));
  expect(alice.phase()).toBe('idle');
});
