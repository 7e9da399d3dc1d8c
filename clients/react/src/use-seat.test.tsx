import { act, cleanup, render, renderHook } from '@testing-library/react';
import { Activity } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useBoard, Board } from './testing/board-react.ts';
import { page } from './testing/setup.tsx';
import { skipToken } from './skip-token.ts';

afterEach(cleanup);

function Title({ id }: { id: string | undefined }) {
  const board = useBoard(id === undefined ? skipToken : { boardId: id });
  const said =
    board.phase === 'joined' ? board.data.title : (board.error as { code: string } | undefined)?.code;
  return <p>{`${board.phase} ${said ?? ''}`}</p>;
}

it('joins while mounted, and shows where the room stands', async () => {
  const { show, settle, server, clock } = page();
  const { container, rerender } = show(<Title id="b" />);
  expect(container.textContent).toBe('waiting ');
  await settle(server.accept);
  expect(container.textContent).toBe('joining ');
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'Plans' } }));
  expect(container.textContent).toBe('joined Plans');
  rerender(<p>elsewhere</p>);
  await settle(() => clock.advance(1_000));
  expect(server.take().event).toBe('board:leave');
});

it('shows why a room was denied', async () => {
  const { show, settle, server } = page();
  const { container } = show(<Title id="b" />);
  await settle(server.accept);
  const error = { code: 'FORBIDDEN', message: 'No.' };
  await settle(() => server.take('board:join').ack({ ok: false, error }));
  expect(container.textContent).toBe('denied FORBIDDEN');
});

it('joins once under StrictMode, also when the connection stands already', async () => {
  const { show, settle, connect, server, clock, names } = page();
  await connect();
  const { container } = show(<Title id="b" />);
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'Plans' } }));
  await settle(() => clock.advance(5_000));
  expect(container.textContent).toBe('joined Plans');
  expect(names()).toEqual([]);
  expect(server.sockets).toBe(1);
  expect(server.handshakes).toHaveLength(1);
});

it('keeps the room when hidden and shown again within the linger, and leaves it when hidden for longer', async () => {
  const { wrap, settle, connect, server, clock, names } = page();
  await connect();
  const at = (mode: 'hidden' | 'visible') =>
    wrap(
      <Activity mode={mode}>
        <Title id="b" />
      </Activity>,
    );
  const { rerender, container } = render(at('visible'), { reactStrictMode: true });
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'Plans' } }));
  rerender(at('hidden'));
  await settle(() => clock.advance(900));
  rerender(at('visible'));
  await settle(() => clock.advance(5_000));
  expect(names()).toEqual([]);
  expect(container.textContent).toBe('joined Plans');
  rerender(at('hidden'));
  await settle(() => clock.advance(1_000));
  await settle(() => server.take('board:leave').ack({ ok: true, data: {} }));
  rerender(at('visible'));
  await settle();
  expect(names()).toEqual(['board:join']);
});

it('shares one join among components', async () => {
  const { show, settle, connect, server, names } = page();
  await connect();
  show(
    <>
      <Title id="b" />
      <Title id="b" />
    </>,
  );
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'Plans' } }));
  expect(names()).toEqual([]);
});

it('follows its parameters: joins the new room, leaves the old one, shows nothing of it', async () => {
  const { wrap, settle, connect, server, clock } = page();
  await connect();
  const { rerender, container } = render(wrap(<Title id="a" />), { reactStrictMode: true });
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'A' } }));
  rerender(wrap(<Title id="b" />));
  expect(container.textContent).toBe('joining ');
  await settle(() => clock.advance(1_000));
  expect(server.take('board:join').args).toEqual([{ boardId: 'b' }]);
  expect(server.take('board:leave').args).toEqual([{ boardId: 'a' }]);
});

it('does nothing for a skip token, and begins without being mounted anew', async () => {
  const { wrap, settle, connect, server, names } = page();
  await connect();
  const { rerender, container } = render(wrap(<Title id={undefined} />), { reactStrictMode: true });
  await settle();
  expect(container.textContent).toBe('idle ');
  expect(names()).toEqual([]);
  rerender(wrap(<Title id="b" />));
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'B' } }));
  expect(container.textContent).toBe('joined B');
});

it('is back in its room after a reconnect', async () => {
  const { show, settle, connect, reconnect, server, names } = page();
  await connect();
  const { container } = show(<Title id="b" />);
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'B' } }));
  await act(reconnect);
  await settle();
  expect(names()).toEqual(['board:join']);
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'C' } }));
  expect(container.textContent).toBe('joined C');
});

it('returns the same view for parameters that say the same', async () => {
  const { wrap, settle, connect, server } = page();
  await connect();
  const { result, rerender } = renderHook(() => useBoard({ boardId: 'b' }), {
    wrapper: ({ children }) => wrap(children),
  });
  await settle(() => server.take('board:join').ack({ ok: true, data: { title: 'B' } }));
  const view = result.current;
  expect(view.phase).toBe('joined');
  rerender();
  expect(result.current).toBe(view);
});

it('tells which provider is missing', () => {
  function Lost() {
    Board.useConnection();
    return null;
  }
  expect(() => render(<Lost />, { onCaughtError: () => undefined })).toThrow(
    'Hooks of Board must be used inside <BoardProvider>.',
  );
});
