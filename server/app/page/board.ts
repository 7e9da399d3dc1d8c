import { createCard, columns, type Card, type CardActions, type Members } from './card.ts';
import { byId, make } from './dom.ts';
import type { Task } from './generated/collab.types.gen.ts';

/** The columns on the page. */
export interface Board {
  /** Shows these tasks and no others; cards that stay keep their focus. */
  readonly show: (tasks: readonly Task[], members: Members) => void;
  /** Says who is editing a task; an empty text when nobody is. */
  readonly showTyping: (taskId: string, text: string) => void;
  readonly clear: () => void;
}

/** Makes the columns. */
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

  const cardOf = (task: Task, members: Members): Card => {
    const card = cards.get(task.id) ?? createCard(task, members, actions);
    cards.set(task.id, card);
    card.update(task, members);
    return card;
  };

  const show = (tasks: readonly Task[], members: Members): void => {
    const focused = document.activeElement;
    const wanted = new Set(tasks.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (wanted.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const { status, list, count, empty } of lists) {
      const mine = tasks
        .filter((task) => task.status === status)
        .map((task) => cardOf(task, members).element);
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

  return {
    show,
    showTyping: (taskId, text) => cards.get(taskId)?.showTyping(text),
    clear: () => show([], []),
  };
}
