import type { TaskInput } from './api.ts';
import { avatar, fillSelect, icon, make } from './dom.ts';
import type { Task } from './generated/collab.types.gen.ts';

/** What a card tells of. */
export interface CardActions {
  readonly change: (task: Task, changes: TaskInput) => void;
  readonly remove: (task: Task) => void;
  readonly typing: (task: Task) => void;
}

/** People that a task can be given to. */
export type Members = readonly { readonly id: string; readonly name: string }[];

/** One task on the board. */
export interface Card {
  readonly element: HTMLElement;
  /** Shows a newer version; what is being typed is left alone. */
  readonly update: (task: Task, members: Members) => void;
  /** Says who is editing; an empty text when nobody is. */
  readonly showTyping: (text: string) => void;
}

/** Columns of the board, in order. */
export const columns = [
  ['todo', 'To do'],
  ['doing', 'Doing'],
  ['done', 'Done'],
] as const satisfies readonly (readonly [Task['status'], string])[];

const bin = 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.500 10.500v5.500M13.500 10.500v5.500';

/** How long the delete button asks back, in milliseconds. */
const askBackMs = 4_000;

/** Makes the card of a task. */
export function createCard(task: Task, members: Members, actions: CardActions): Card {
  let shown = task;
  const title = make('textarea', { class: 'title', rows: '1', maxlength: '200', spellcheck: 'true' });
  const status = make('select', { class: 'quiet' });
  const assignee = make('select', { class: 'quiet' });
  const remove = make('button', { class: 'icon-button small-icon', type: 'button' });
  const face = make('span', { class: 'face' });
  const labels = make('p', { class: 'labels' });
  const typing = make('p', { class: 'typing' });
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
    const text = title.value.replaceAll(/\s+/g, ' ').trim();
    title.value = text || shown.title;
    if (text && text !== shown.title) actions.change(shown, { title: text });
  };
  title.addEventListener('blur', rename);
  title.addEventListener('input', () => actions.typing(shown));
  title.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Escape') title.value = shown.title;
    title.blur();
  });
  status.addEventListener('change', () => actions.change(shown, { status: status.value as Task['status'] }));
  assignee.addEventListener('change', () => actions.change(shown, { assigneeId: assignee.value || null }));

  let asking: ReturnType<typeof setTimeout> | undefined;
  const ask = (active: boolean): void => {
    clearTimeout(asking);
    asking = active ? setTimeout(() => ask(false), askBackMs) : undefined;
    remove.classList.toggle('asking', active);
    remove.replaceChildren(active ? 'Delete?' : icon(bin));
    remove.setAttribute('aria-label', active ? `Really delete “${shown.title}”?` : `Delete “${shown.title}”`);
  };
  remove.addEventListener('click', () => {
    if (asking === undefined) return ask(true);
    ask(false);
    actions.remove(shown);
  });
  remove.addEventListener('blur', () => ask(false));

  const update = (next: Task, people: Members): void => {
    shown = next;
    if (document.activeElement !== title) title.value = next.title;
    title.setAttribute('aria-label', `Title of “${next.title}”`);
    status.value = next.status;
    status.setAttribute('aria-label', `Status of “${next.title}”`);
    fillSelect(assignee, [['', 'Unassigned'], ...people.map(({ id, name }) => [id, name] as const)]);
    assignee.value = next.assigneeId ?? '';
    assignee.setAttribute('aria-label', `Assignee of “${next.title}”`);
    const person = people.find(({ id }) => id === next.assigneeId);
    face.replaceChildren(
      person ? avatar(person) : make('span', { class: 'avatar nobody', 'aria-hidden': 'true' }),
    );
    const urgent = next.priority === 'high' && make('span', { class: 'label high' }, 'High priority');
    labels.replaceChildren(
      ...[urgent || '', ...next.labels.map((text) => make('span', { class: 'label' }, text))],
    );
    element.dataset['status'] = next.status;
    if (asking === undefined) ask(false);
  };

  update(task, members);
  return {
    element,
    update,
    showTyping: (text) => {
      typing.textContent = text;
      element.classList.toggle('being-edited', text !== '');
    },
  };
}
