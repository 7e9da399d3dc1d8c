import type { ComponentType } from 'react';
import type { Me, Workspace } from '../../../../demo/api.ts';
import { Board } from '../board/board.tsx';
import { Chat, ChatCount } from '../chat/chat.tsx';
import type { CollabWorkspaceView } from '../generated/collab.react.gen.ts';
import { OperationsView } from '../ops/operations.tsx';

/** What a view is shown with. */
export interface ViewProps {
  readonly workspace: Workspace;
  /** The workspace's room, which is joined while the application is open. */
  readonly view: CollabWorkspaceView;
}

/** One way to look at a workspace. */
export interface View {
  /** In the address; undefined for the one that an address without it means. */
  readonly id: string | undefined;
  readonly name: string;
  readonly Component: ComponentType<ViewProps>;
  /** Stands beside the name, such as a number of unread messages. */
  readonly Count?: ComponentType;
  /** Nobody else is offered it. Default: false. */
  readonly adminsOnly?: boolean;
}

/** Every view. A new one is a row here and a folder beside `board`. */
export const views: readonly [View, ...View[]] = [
  { id: undefined, name: 'Board', Component: Board },
  { id: 'chat', name: 'Chat', Component: Chat, Count: ChatCount },
  { id: 'operations', name: 'Operations', Component: OperationsView, adminsOnly: true },
];

/** The views that a person is offered. */
export function viewsFor({ admin }: Me): readonly [View, ...View[]] {
  const [first, ...others] = views;
  return [first, ...others.filter(({ adminsOnly }) => !adminsOnly || admin)];
}
