import type { Signal, Type } from '@angular/core';
import type { Me, Workspace } from '../../../../demo/api.ts';
import { Board } from '../board/board.ts';
import { ChatCount } from '../chat/chat-count.ts';
import { Chat } from '../chat/chat.ts';
import type { CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import { OperationsView } from '../ops/operations.ts';
import type { RoomRef } from '@sockeye/angular';

/** The open workspace and its room, which stays joined while the application is open. */
export interface Place {
  readonly workspace: Signal<Workspace>;
  readonly room: RoomRef<CollabWorkspaceState>;
}

/** A view of a workspace. */
export interface View {
  /** Its part of the URL; undefined for the default view. */
  readonly id: string | undefined;
  readonly name: string;
  /** Takes `workspace` and `room` as inputs. */
  readonly component: Type<unknown>;
  /** Shown beside the name, for example the number of unread messages. */
  readonly count?: Type<unknown>;
  /** Whether only administrators see it. Default: false. */
  readonly adminsOnly?: boolean;
}

/** Every view. A new one is a row here and a folder beside `board`. */
export const views: readonly [View, ...View[]] = [
  { id: undefined, name: 'Board', component: Board },
  { id: 'chat', name: 'Chat', component: Chat, count: ChatCount },
  { id: 'operations', name: 'Operations', component: OperationsView, adminsOnly: true },
];

/** The views that a person can open. */
export function viewsFor({ admin }: Me): readonly [View, ...View[]] {
  const [first, ...others] = views;
  return [first, ...others.filter(({ adminsOnly }) => !adminsOnly || admin)];
}
