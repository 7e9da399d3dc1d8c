import { Component } from '@angular/core';
import type { Result } from '@sockeye/client';
import { expect, it, vi } from 'vitest';
import { injectCardAdd } from './testing/board-angular.ts';
import { page, type Mode } from './testing/page.ts';

const payload = { boardId: 'b', text: 'Milk' };
const card = { id: 'c1', text: 'Milk', createdAt: '2026-01-01T00:00:00.000Z' };
const full = { code: 'BOARD_FULL', message: 'No.', details: { limit: 3 } };

@Component({
  selector: 'x-form',
  template: `{{ add.status() }} {{ add.isPending() }} {{ add.data()?.id }} {{ add.error()?.code }}`,
})
class Form {
  readonly add = injectCardAdd();
}

/** A component with one request, and everything around it. */
async function form(mode: Mode) {
  const made = page(mode);
  await made.connect();
  const fixture = made.show(Form);
  await made.settle();
  const { add } = fixture.componentInstance;
  return { ...made, fixture, add, text: () => (fixture.nativeElement as HTMLElement).textContent.trim() };
}

/** What requests show, in either way of change detection. */
export function requestsSuite(mode: Mode): void {
  it('goes from idle over pending to success', async () => {
    const { add, server, settle, text } = await form(mode);
    expect(text()).toBe('idle false');
    let answer: Result<unknown> | undefined;
    await settle(() => void add.send(payload).then((now) => (answer = now)));
    expect(text()).toBe('pending true');
    await settle(() => server.take('card:add').ack({ ok: true, data: card }));
    expect(text()).toBe('success false c1');
    expect(answer).toMatchObject({ ok: true, data: { id: 'c1' } });
  });

  it('ends in an error with its details, and goes back to idle', async () => {
    const { add, server, settle, text } = await form(mode);
    await settle(() => void add.send(payload));
    await settle(() => server.take('card:add').ack({ ok: false, error: full }));
    expect(text()).toBe('error false  BOARD_FULL');
    expect(add.state()).toMatchObject({ status: 'error', error: { details: { limit: 3 } } });
    await settle(add.reset);
    expect(text()).toBe('idle false');
  });

  it('follows the latest of several calls, whichever is answered last', async () => {
    const { add, server, settle } = await form(mode);
    await settle(() => void add.send(payload));
    await settle(() => void add.send(payload));
    const [first, second] = [server.take('card:add'), server.take('card:add')];
    await settle(() => second.ack({ ok: true, data: card }));
    await settle(() => first.ack({ ok: false, error: full }));
    expect(add.status()).toBe('success');
  });

  it('shows nothing of a request that was reset while it was pending; its caller is told', async () => {
    const { add, server, settle } = await form(mode);
    let answer: Result<unknown> | undefined;
    await settle(() => void add.send(payload).then((now) => (answer = now)));
    add.reset();
    await settle(() => server.take('card:add').ack({ ok: true, data: card }));
    expect([add.status(), answer?.ok]).toEqual(['idle', true]);
  });

  it('is answered without a word when its component is destroyed meanwhile', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { add, server, settle, fixture } = await form(mode);
    let answer: Result<unknown> | undefined;
    await settle(() => void add.send(payload).then((now) => (answer = now)));
    fixture.destroy();
    await settle(() => server.take('card:add').ack({ ok: true, data: card }));
    expect([add.status(), answer?.ok]).toEqual(['pending', true]);
    expect(complain).not.toHaveBeenCalled();
    complain.mockRestore();
  });

  it('ends as DISCONNECTED when the connection is lost, and as TIMEOUT when nobody answers', async () => {
    const { add, server, settle, clock } = await form(mode);
    await settle(() => void add.send(payload));
    await settle(() => clock.advance(5_000));
    expect(add.error()?.code).toBe('TIMEOUT');
    await settle(() => void add.send(payload));
    await settle(() => server.cut());
    expect(add.error()?.code).toBe('DISCONNECTED');
  });
}
