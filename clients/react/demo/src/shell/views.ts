import type { ComponentType } from 'react';
import type { Workspace } from '../../../../demo/api.ts';
import { Board } from '../board/board.tsx';
import type { CollabWorkspaceView } from '../generated/collab.react.gen.ts';

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
}

/** Every view. A new one is a row here and a folder beside `board`. */
export const views: readonly [View, ...View[]] = [{ id: undefined, name: 'Board', Component: Board }];
