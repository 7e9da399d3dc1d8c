import { useLayoutEffect, useRef, type CSSProperties, type RefObject } from 'react';
import { pointOf } from '../../../../demo/cursor.ts';
import { pointerOutline } from '../../../../demo/icons.ts';
import { firstName, hueOf } from '../../../../demo/person.ts';
import { useWorkspaceCursors, type CollabWorkspaceView } from '../generated/collab.react.gen.ts';
import type { CursorMovedEvent } from '../generated/collab.types.gen.ts';
import { usePerson } from '../session/person.ts';

/** The pointers of others. Renders separately from everything else, up to once per frame. */
export function Cursors({ view, area }: { view: CollabWorkspaceView; area: RefObject<HTMLElement | null> }) {
  const { me } = usePerson();
  const cursors = useWorkspaceCursors(view);
  return (
    <div className="cursors" aria-hidden="true">
      {cursors
        .filter(({ userId }) => userId !== me.id)
        .map((cursor) => (
          <Cursor key={cursor.userId} cursor={cursor} area={area} />
        ))}
    </div>
  );
}

function Cursor({ cursor, area }: { cursor: CursorMovedEvent; area: RefObject<HTMLElement | null> }) {
  const mark = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const point = area.current && pointOf(area.current, cursor.at);
    mark.current!.hidden = !point;
    if (point) mark.current!.style.translate = `${point.left}px ${point.top}px`;
  });
  return (
    <div
      ref={mark}
      className="cursor"
      // Until it has a place, so that it does not fly in from the corner.
      hidden
      data-user={cursor.userId}
      style={{ '--hue': hueOf(cursor.userId) } as CSSProperties}
    >
      <svg viewBox="0 0 16 16">
        <path d={pointerOutline} />
      </svg>
      <span>{firstName(cursor.userName)}</span>
    </div>
  );
}
