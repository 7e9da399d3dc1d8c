import type { ComponentType } from 'react';
import type { Me, Workspace } from '../../../../demo/api.ts';
import { Board } from '../board/board.tsx';
import { Chat, ChatCount } from '../chat/chat.tsx';
import type { CollabWorkspaceView } from '../generated/collab.react.gen.ts';
import { OperationsView } from '../ops/operations.tsx';

/** Props of a view. */
export interface ViewProps {
  readonly workspace: Workspace;
  /** The workspace's room, which stays joined while the application is open. */
  readonly view: CollabWorkspaceView;
}

/** A view of a workspace. */
export interface View {
  /** Its part of the URL; undefined for the default view. */
  readonly id: string | undefined;
  readonly name: string;
  readonly Component: ComponentType<ViewProps>;
  /** Shown beside the name, for example the number of unread messages. */
  readonly Count?: ComponentType;
  /** Whether only administrators see it. Default: false. */
  readonly adminsOnly?: boolean;
}

/** Every view. A new one is a row here and a folder beside `board`. */
export const views: readonly [View, ...View[]] = [
  { id: undefined, name: 'Board', Component: Board },
  { id: 'chat', name: 'Chat', Component: Chat, Count: ChatCount },
  { id: 'operations', name: 'Operations', Component: OperationsView, adminsOnly: true },
];

/** The views that a person can open. */
export function viewsFor({ admin }: Me): readonly [View, ...View[]] {
  const [first, ...others] = views;
  return [first, ...others.filter(({ adminsOnly }) => !adminsOnly || admin)];
}
