import type { Member } from '../../../clients/demo/api.ts';
import { columnOf, columns } from '../../../clients/demo/board.ts';
import { editingLine, editorsOf } from '../../../clients/demo/person.ts';
import { createCard, type Card, type CardActions } from './card.ts';
import { byId, make } from './dom.ts';
import type { EditingStartEvent, Task, UserTypingEvent } from './generated/collab.types.gen.ts';

/** What a board shows. */
export interface BoardContent {
  readonly tasks: readonly Task[];
  readonly members: readonly Member[];
  readonly editors: readonly (EditingStartEvent | UserTypingEvent)[];
  /** Id of whoever is signed in. */
  readonly me: string;
}

/** The columns on the page. */
export interface Board {
  /** Shows these tasks and no others; cards that stay keep their focus. */
  readonly show: (content: BoardContent) => void;
  readonly clear: () => void;
}

/** Creates the columns. */
export function createBoard(actions: CardActions): Board {
  const cards = new Map<string, Card>();
  const lists = columns.map(([status, name]) => {
    const list = make('div', { class: 'cards' });
    const count = make('span', { class: 'column-count' });
    const empty = make('p', { class: 'empty muted' }, 'Nothing here.');
    const heading = make('h3', { id: `column-${status}` }, name, ' ', count);
    const section = make('section', { class: 'column', 'aria-labelledby': heading.id }, heading, list, empty);
    return { status, list, count, empty, section };
  });
  byId('columns', HTMLDivElement).replaceChildren(...lists.map(({ section }) => section));

  const cardOf = (task: Task, { members, editors, me }: BoardContent): HTMLElement => {
    const card = cards.get(task.id) ?? createCard(task, actions);
    cards.set(task.id, card);
    card.update(task, { members, editing: editingLine(editorsOf(editors, task.id, me)) });
    return card.element;
  };

  const show = (content: BoardContent): void => {
    const focused = document.activeElement;
    const wanted = new Set(content.tasks.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (wanted.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const { status, list, count, empty } of lists) {
      const mine = columnOf(content.tasks, status).map((task) => cardOf(task, content));
      mine.forEach((element, index) => {
        if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
      });
      count.textContent = String(mine.length);
      empty.hidden = mine.length > 0;
    }
    // Moving an element to another column takes the focus from what is inside.
    if (focused instanceof HTMLElement && focused.isConnected && focused !== document.activeElement)
      focused.focus();
  };

  return { show, clear: () => show({ tasks: [], members: [], editors: [], me: '' }) };
}
