import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import {
  editingEveryMs,
  renameOf,
  typingEveryMs,
  type TaskActions,
  type TitleDraft,
} from '../../../../demo/board.ts';
import { sparingly } from '../../../../demo/pace.ts';
import { useCollabClient } from '../generated/collab.react.gen.ts';
import type { Task } from '../generated/collab.types.gen.ts';

/** A task's title, edited in place: Enter saves it, Escape cancels. */
export function Title({ task, rename }: { task: Task; rename: TaskActions['change'] }) {
  const [draft, write] = useState<TitleDraft>();
  const [isOpen, setOpen] = useState(false);
  const { id: taskId, workspaceId } = task;
  const client = useCollabClient();
  const tellTyping = useMemo(
    () => sparingly(typingEveryMs, (id: string) => client.userTyping({ workspaceId, taskId: id })),
    [client, workspaceId],
  );

  useEffect(() => {
    if (!isOpen) return undefined;
    const open = (): void => void client.editingStart({ workspaceId, taskId });
    open();
    const timer = setInterval(open, editingEveryMs);
    return () => {
      clearInterval(timer);
      client.editingStop({ workspaceId, taskId });
    };
  }, [isOpen, client, workspaceId, taskId]);

  const finish = (): void => {
    setOpen(false);
    write(undefined);
    const change = renameOf(draft, task);
    if (change) rename(change.of, { title: change.title });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') return event.currentTarget.blur();
    write(undefined);
  };

  return (
    <textarea
      className="title"
      rows={1}
      maxLength={200}
      aria-label={`Title of “${task.title}”`}
      value={draft?.text ?? task.title}
      onFocus={() => setOpen(true)}
      onBlur={finish}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        write({ text: event.target.value, of: draft?.of ?? task });
        tellTyping(taskId);
      }}
    />
  );
}
