import { Component, input, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { skipToken } from './skip-token.ts';
import { Board, injectBoard, injectConnection } from './testing/board-angular.ts';
import { page, type Mode } from './testing/page.ts';

@Component({
  selector: 'x-title',
  template: `{{ board.phase() }} {{ board.data()?.title ?? board.error()?.code }}`,
})
class Title {
  readonly id = input.required<string | undefined>();
  protected readonly board = injectBoard(() => {
    const boardId = this.id();
    return boardId === undefined ? skipToken : { boardId };
  });
}

@Component({
  selector: 'x-two-titles',
  imports: [Title],
  template: `<x-title id="b" /><x-title id="b" />{{ offline() }}`,
})
class TwoTitles {
  protected readonly offline = injectConnection(({ phase }) => phase === 'reconnecting');
}

/** What a room does, in either way of change detection. */
export function roomsSuite(mode: Mode): void {
  it('joins while its component lives, shows where the room stands, and leaves after the linger', async () => {
    const { show, settle, server, admit, clock } = page(mode);
    const fixture = show(Title, { id: 'b' });
    expect(fixture.nativeElement.textContent).toBe('waiting ');
    await settle();
    await settle(server.accept);
    expect(fixture.nativeElement.textContent).toBe('joining ');
    await admit();
    expect(fixture.nativeElement.textContent).toBe('joined Plans');
    fixture.destroy();
    await settle(() => clock.advance(1_000));
    expect(server.take().event).toBe('board:leave');
  });

  it('shows why a room was denied', async () => {
    const { show, settle, server } = page(mode);
    const { nativeElement } = show(Title, { id: 'b' });
    await settle();
    await settle(server.accept);
    const error = { code: 'FORBIDDEN', message: 'No.' };
    await settle(() => server.take('board:join').ack({ ok: false, error }));
    expect(nativeElement.textContent).toBe('denied FORBIDDEN');
  });

  it('follows a required input: joins the new room, leaves the old one, shows nothing of it', async () => {
    const { show, settle, connect, server, clock, admit } = page(mode);
    await connect();
    const fixture = show(Title, { id: 'a' });
    await settle();
    await admit('A');
    expect(fixture.nativeElement.textContent).toBe('joined A');
    fixture.componentRef.setInput('id', 'b');
    await settle();
    expect(fixture.nativeElement.textContent).toBe('joining ');
    await settle(() => clock.advance(1_000));
    expect(server.take('board:join').args).toEqual([{ boardId: 'b' }]);
    expect(server.take('board:leave').args).toEqual([{ boardId: 'a' }]);
  });

  it('does nothing for a skip token, begins when there are parameters, and ends when there are none', async () => {
    const { show, settle, connect, names, admit, clock } = page(mode);
    await connect();
    const fixture = show(Title, { id: undefined });
    await settle();
    expect([fixture.nativeElement.textContent, ...names()]).toEqual(['idle ']);
    fixture.componentRef.setInput('id', 'b');
    await settle();
    await admit('B');
    expect(fixture.nativeElement.textContent).toBe('joined B');
    fixture.componentRef.setInput('id', undefined);
    await settle();
    await settle(() => clock.advance(1_000));
    expect([fixture.nativeElement.textContent, ...names()]).toEqual(['idle ', 'board:leave']);
  });

  it('shares one join among components, and is back in its room after a reconnect', async () => {
    const { show, settle, connect, server, names, admit, clock } = page(mode);
    await connect();
    const { nativeElement } = show(TwoTitles);
    await settle();
    await admit();
    expect(names()).toEqual([]);
    await settle(() => server.cut());
    expect(nativeElement.textContent).toBe('waiting Planswaiting Planstrue');
    await settle(() => clock.advance(500));
    await settle(server.accept);
    expect(names()).toEqual(['board:join']);
    await admit('Again');
    expect(nativeElement.textContent).toBe('joined Againjoined Againfalse');
  });

  it('joins once when it is mounted anew within the linger', async () => {
    const { show, settle, connect, names, admit, clock } = page(mode);
    await connect();
    const first = show(Title, { id: 'b' });
    await settle();
    await admit();
    first.destroy();
    await settle(() => clock.advance(900));
    const { nativeElement } = show(Title, { id: 'b' });
    await settle(() => clock.advance(5_000));
    expect([nativeElement.textContent, ...names()]).toEqual(['joined Plans']);
  });

  it('shows a room that was joined already at once, and is the same for parameters that say the same', async () => {
    const { settle, connect, client, admit } = page(mode);
    await connect();
    const held = client().board({ boardId: 'b' });
    held.join();
    await admit();
    const params = signal({ boardId: 'b' });
    const board = TestBed.runInInjectionContext(() => injectBoard(params));
    expect(board.phase()).toBe('joined');
    const state = board.state();
    params.set({ boardId: 'b' });
    await settle();
    expect(board.state()).toBe(state);
    expect(board.room()).toBe(held);
    expect(TestBed.inject(Board)).toBe(client());
  });
}
