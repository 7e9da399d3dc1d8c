import type { Result } from '@sockeye/client';
import { act, cleanup, render, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { Board, useCardAdd } from './testing/board-react.ts';
import { page, type Page } from './testing/setup.tsx';

afterEach(cleanup);

const payload = { boardId: 'b', text: 'Milk' };
const card = { id: 'c1', text: 'Milk', createdAt: '2026-01-01T00:00:00.000Z' };
const full = { code: 'BOARD_FULL', message: 'No.', details: { limit: 3 } };

/** A component with one request, and everything around it. */
async function request() {
  const made: Page = page();
  await made.connect();
  const { result, unmount } = renderHook(() => useCardAdd(), {
    wrapper: ({ children }) => made.wrap(children),
    reactStrictMode: true,
  });
  return { ...made, result, unmount };
}

it('goes from idle over pending to success', async () => {
  const { result, server, settle } = await request();
  expect(result.current).toMatchObject({ status: 'idle', isPending: false });
  const { send } = result.current;
  let answer: Result<unknown> | undefined;
  await settle(() => void send(payload).then((now) => (answer = now)));
  expect(result.current).toMatchObject({ status: 'pending', isPending: true });
  await settle(() => server.take('card:add').ack({ ok: true, data: card }));
  expect(result.current).toMatchObject({ status: 'success', isPending: false, data: { id: 'c1' } });
  expect(answer).toMatchObject({ ok: true, data: { id: 'c1' } });
  expect(result.current.send).toBe(send);
});

it('ends in an error with its details, and goes back to idle', async () => {
  const { result, server, settle } = await request();
  await settle(() => void result.current.send(payload));
  await settle(() => server.take('card:add').ack({ ok: false, error: full }));
  expect(result.current).toMatchObject({
    status: 'error',
    error: { code: 'BOARD_FULL', details: { limit: 3 } },
  });
  act(() => result.current.reset());
  expect(result.current).not.toHaveProperty('error');
  expect(result.current.status).toBe('idle');
});

it('follows the latest of several calls, whichever is answered last', async () => {
  const { result, server, settle } = await request();
  await settle(() => void result.current.send(payload));
  await settle(() => void result.current.send(payload));
  const [first, second] = [server.take('card:add'), server.take('card:add')];
  await settle(() => second.ack({ ok: true, data: card }));
  await settle(() => first.ack({ ok: false, error: full }));
  expect(result.current.status).toBe('success');
});

it('shows nothing of a request that was reset while it was pending; its caller is told', async () => {
  const { result, server, settle } = await request();
  let answer: Result<unknown> | undefined;
  await settle(() => void result.current.send(payload).then((now) => (answer = now)));
  act(() => result.current.reset());
  await settle(() => server.take('card:add').ack({ ok: true, data: card }));
  expect(result.current.status).toBe('idle');
  expect(answer?.ok).toBe(true);
});

it('is answered without a word when the component is gone', async () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { result, server, settle, unmount } = await request();
  let answer: Result<unknown> | undefined;
  await settle(() => void result.current.send(payload).then((now) => (answer = now)));
  unmount();
  await settle(() => server.take('card:add').ack({ ok: true, data: card }));
  expect(answer?.ok).toBe(true);
  expect(complain).not.toHaveBeenCalled();
  complain.mockRestore();
});

it('ends as DISCONNECTED when the connection is lost', async () => {
  const { result, server, settle } = await request();
  await settle(() => void result.current.send(payload));
  await settle(() => server.cut());
  expect(result.current).toMatchObject({ status: 'error', error: { code: 'DISCONNECTED' } });
});

it('forgets what the client of another user was answered', async () => {
  const [alice, bob] = [page(), page()];
  await alice.connect();
  let view!: ReturnType<typeof useCardAdd>;
  function Form() {
    view = useCardAdd();
    return null;
  }
  const { rerender } = render(<Board.Provider client={alice.client} children={<Form />} />);
  await alice.settle(() => void view.send(payload));
  await alice.settle(() => alice.server.take('card:add').ack({ ok: true, data: card }));
  expect(view.status).toBe('success');
  rerender(<Board.Provider client={bob.client} children={<Form />} />);
  expect(view.status).toBe('idle');
});
