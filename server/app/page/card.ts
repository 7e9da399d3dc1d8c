import type { Member } from '../../../clients/demo/api.ts';
import { askBackMs, columns, renameOf, type TaskActions } from '../../../clients/demo/board.ts';
import { icons } from '../../../clients/demo/icons.ts';
import { avatar, fillSelect, icon, make } from './dom.ts';
import type { Task } from './generated/collab.types.gen.ts';

/** What a card tells of. */
export interface CardActions extends Pick<TaskActions, 'change' | 'remove'> {
  readonly typing: (task: Task) => void;
}

/** What a card shows beside its task. */
export interface CardFacts {
  /** People that the task can be given to. */
  readonly members: readonly Member[];
  /** Who is editing it, as a line; empty when nobody is. */
  readonly editing: string;
}

/** One task on the board. */
export interface Card {
  readonly element: HTMLElement;
  /** Shows a newer version; what is being typed is left alone. */
  readonly update: (task: Task, facts: CardFacts) => void;
}

/** Creates the card of a task, empty until it is updated. */
export function createCard(task: Task, actions: CardActions): Card {
  let shown = task;
  /** The task as it was when its title began to be written. */
  let before = task;
  const title = make('textarea', { class: 'title', rows: '1', maxlength: '200', spellcheck: 'true' });
  const status = make('select', { class: 'quiet' });
  const assignee = make('select', { class: 'quiet' });
  const remove = make('button', { class: 'icon-button small-icon', type: 'button' });
  const face = make('span', { class: 'face' });
  const labels = make('p', { class: 'labels' });
  const typing = make('p', { class: 'typing', 'aria-live': 'polite' });
  const element = make(
    'article',
    { class: 'card', 'data-task': task.id },
    title,
    labels,
    typing,
    make('div', { class: 'card-foot' }, face, assignee, status, remove),
  );
  fillSelect(status, columns);

  const rename = (): void => {
    const change = renameOf({ text: title.value, of: before }, shown);
    title.value = change?.title ?? shown.title;
    if (change) actions.change(change.of, { title: change.title });
  };
  title.addEventListener('focus', () => (before = shown));
  title.addEventListener('blur', rename);
  title.addEventListener('input', () => actions.typing(shown));
  title.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Escape') title.value = before.title;
    title.blur();
  });
  status.addEventListener('change', () => actions.change(shown, { status: status.value as Task['status'] }));
  assignee.addEventListener('change', () => actions.change(shown, { assigneeId: assignee.value || null }));

  let asking: ReturnType<typeof setTimeout> | undefined;
  const ask = (active: boolean): void => {
    clearTimeout(asking);
    asking = active ? setTimeout(() => ask(false), askBackMs) : undefined;
    remove.classList.toggle('asking', active);
    remove.replaceChildren(active ? 'Delete?' : icon(icons.bin));
    remove.setAttribute('aria-label', active ? `Really delete “${shown.title}”?` : `Delete “${shown.title}”`);
  };
  remove.addEventListener('click', () => {
    if (asking === undefined) return ask(true);
    ask(false);
    actions.remove(shown);
  });
  remove.addEventListener('blur', () => ask(false));

  const update = (next: Task, { members, editing }: CardFacts): void => {
    shown = next;
    if (document.activeElement !== title) title.value = next.title;
    title.setAttribute('aria-label', `Title of “${next.title}”`);
    status.value = next.status;
    status.setAttribute('aria-label', `Status of “${next.title}”`);
    fillSelect(assignee, [['', 'Unassigned'], ...members.map(({ id, name }) => [id, name] as const)]);
    assignee.value = next.assigneeId ?? '';
    assignee.setAttribute('aria-label', `Assignee of “${next.title}”`);
    const person = members.find(({ id }) => id === next.assigneeId);
    face.replaceChildren(
      person ? avatar(person) : make('span', { class: 'avatar nobody', 'aria-hidden': 'true' }),
    );
    const urgent = next.priority === 'high' && make('span', { class: 'label high' }, 'High priority');
    labels.replaceChildren(
      ...[urgent || '', ...next.labels.map((text) => make('span', { class: 'label' }, text))],
    );
    element.dataset['status'] = next.status;
    element.classList.toggle('being-edited', editing !== '');
    if (typing.textContent !== editing) typing.textContent = editing;
    if (asking === undefined) ask(false);
  };

  return { element, update };
}
