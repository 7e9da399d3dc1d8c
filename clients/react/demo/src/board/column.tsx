import type { CollectionSnapshot } from '@sockeye/client';
import type { Member } from '../../../../demo/api.ts';
import type { TaskActions } from '../../../../demo/board.ts';
import { editorsOf } from '../../../../demo/person.ts';
import type { EditingStartEvent, Task, UserTypingEvent } from '../generated/collab.types.gen.ts';
import { usePerson } from '../session/person.ts';
import { Card } from './card.tsx';

/** What a column shows. */
export interface ColumnProps {
  readonly status: Task['status'];
  readonly name: string;
  readonly isLoading: boolean;
  readonly tasks: readonly Task[];
  readonly pending: CollectionSnapshot<Task, string>['pending'];
  readonly editors: readonly (UserTypingEvent | EditingStartEvent)[];
  readonly members: readonly Member[];
  readonly actions: TaskActions;
}

/** The tasks of one status. */
export function Column(props: ColumnProps) {
  const { status, name, isLoading, tasks, pending, editors, members, actions } = props;
  const { me } = usePerson();
  const heading = `column-${status}`;
  return (
    <section className="column" aria-labelledby={heading}>
      <h3 id={heading}>
        {name} <span className="column-count">{tasks.length}</span>
      </h3>
      {isLoading && <div className="placeholder" aria-hidden="true" />}
      {!isLoading && tasks.length === 0 && <p className="empty muted">Nothing here.</p>}
      <div className="cards">
        {tasks.map((task) => (
          <Card
            key={task.id}
            task={task}
            isPending={pending.has(task.id)}
            editors={editorsOf(editors, task.id, me.id)}
            members={members}
            actions={actions}
          />
        ))}
      </div>
    </section>
  );
}
