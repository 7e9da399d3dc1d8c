import type { Signal, Type } from '@angular/core';
import type { Workspace } from '../../../../demo/api.ts';
import { Board } from '../board/board.ts';
import type { CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import type { RoomRef } from '@sockeye/angular';

/** The workspace that is open and its room, which is joined while the application is open. */
export interface Place {
  readonly workspace: Signal<Workspace>;
  readonly room: RoomRef<CollabWorkspaceState>;
}

/** One way to look at a workspace. */
export interface View {
  /** In the address; undefined for the one that an address without it means. */
  readonly id: string | undefined;
  readonly name: string;
  /** Takes `workspace` and `room` as inputs. */
  readonly component: Type<unknown>;
}

/** Every view. A new one is a row here and a folder beside `board`. */
export const views: readonly [View, ...View[]] = [{ id: undefined, name: 'Board', component: Board }];
