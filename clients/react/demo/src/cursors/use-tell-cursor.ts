import { useEffect, useMemo, type PointerEvent } from 'react';
import { cursorEveryMs, placeOf } from '../../../../demo/cursor.ts';
import { newest } from '../../../../demo/pace.ts';
import { useCollabClient } from '../generated/collab.react.gen.ts';
import type { CursorPlace } from '../generated/collab.types.gen.ts';

/** Sends the pointer's position, at most 30 times a second; not for touch, which has no position while lifted. */
export function useTellCursor(workspaceId: string): (event: PointerEvent<HTMLElement>) => void {
  const client = useCollabClient();
  const cursor = useMemo(
    () => newest<CursorPlace>(cursorEveryMs, (at) => client.cursorMove({ workspaceId, at })),
    [client, workspaceId],
  );
  useEffect(() => cursor.cancel, [cursor]);
  return (event) => {
    if (event.pointerType !== 'touch') cursor.tell(placeOf(event.currentTarget, event));
  };
}
