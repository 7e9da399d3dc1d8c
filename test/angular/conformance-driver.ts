/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type --
   A token is a class by name alone, as in generated code. */
import {
  ApplicationRef,
  Component,
  inject,
  InjectionToken,
  input,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ClientOptions, ErrorBody } from '@sockeye/client';
import { injectStore, skipToken } from '@sockeye/angular';
import {
  defineAngular,
  listen,
  requestRef,
  roomRef,
  type RequestRef,
  type RoomRef,
  type RoomState,
  type SkippedRoom,
} from '@sockeye/angular/codegen';
import { turn } from '../../clients/core/src/testing/fake-clock.ts';
import { createLogClient, type LogClient, type LogRoom } from '../../clients/core/src/testing/log-client.ts';
import { screenText, type Driver, type Screen, type View } from '../conformance/driver.ts';

abstract class Board {}
interface Board extends LogClient {}

const binding = defineAngular<LogClient, ClientOptions>('Board', Board, createLogClient);

type Room = RoomRef<RoomState<LogRoom> | SkippedRoom>;

/** What a test looks at, outside of what Angular knows. */
interface Probe {
  readonly heard: View['heard'][number][];
  draws: number;
  send?: RequestRef<object, unknown>['send'];
}
/** Gives each component its own. */
const PROBE = new InjectionToken<() => Probe>('probe');

@Component({ selector: 'x-board', template: `{{ text() }}` })
class BoardView {
  readonly boardId = input.required<string | undefined>();
  private readonly probe = inject(PROBE)();
  private readonly board: Room = roomRef(binding.at(BoardView as never), 'board', () => {
    const boardId = this.boardId();
    return boardId === undefined ? skipToken : { boardId };
  });
  private readonly request: RequestRef<object, unknown, ErrorBody> = requestRef(
    binding.at(BoardView as never),
    'card:add',
  );
  private readonly connection = injectStore(inject(Board).connection, ({ phase }) => phase);
  private readonly notes = injectStore(() => this.board.room()?.notes);
  private readonly typing = injectStore(() => this.board.room()?.typing);
  private readonly people = injectStore(() => this.board.room()?.people);

  constructor() {
    this.probe.send = this.request.send;
    const hear = ({ id }: { id: string }, { replayed }: { replayed: boolean }) =>
      this.probe.heard.push({ id, replayed, phase: this.board.phase() });
    listen(binding.at(BoardView as never, { room: this.board }), 'noted', hear);
  }

  protected text(): string {
    this.probe.draws++;
    return screenText({
      connection: this.connection(),
      phase: this.board.phase(),
      request: this.request.state(),
      notes: this.notes()?.rows,
      typing: this.typing(),
      people: this.people()?.users,
    });
  }
}

/** Angular in one of its ways to learn that something has changed. */
export function angularDriver(mode: 'zone' | 'zoneless'): Driver {
  return {
    name: `Angular, ${mode}`,
    open: (options) => {
      let probe: Probe;
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({
        providers: [
          mode === 'zone' ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
          binding.provide(options, []),
          { provide: PROBE, useValue: () => probe },
        ],
      });
      const client = TestBed.inject(Board);
      const application = TestBed.inject(ApplicationRef);
      const settle = async (what?: () => unknown): Promise<void> => {
        await turn();
        await what?.();
        await turn();
        await application.whenStable();
        await turn();
        await application.whenStable();
      };
      return {
        client,
        settle,
        mount: (first) => {
          const mine: Probe = (probe = { heard: [], draws: 0 });
          const fixture = TestBed.createComponent(BoardView);
          const show = (boardId: string | undefined) => {
            fixture.componentRef.setInput('boardId', boardId);
            fixture.detectChanges();
          };
          show(first);
          fixture.autoDetectChanges();
          return {
            heard: mine.heard,
            show,
            unmount: () => fixture.destroy(),
            // In development every view is checked twice.
            draws: () => mine.draws / 2,
            screen: () => JSON.parse((fixture.nativeElement as HTMLElement).textContent) as Screen,
            send: (payload, how) => mine.send!(payload, how),
          };
        },
      };
    },
  };
}
