import { hueOf, initials } from '../../../clients/demo/person.ts';

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | null | undefined>>;

/** The element with an id. @throws Error when the page has none, or one of another kind. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} "${id}".`);
  return found;
}

/** Creates an element. `true` sets an empty attribute; false, null and undefined set none. Text is always text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Gives a select its options, value and text each; what is chosen stays chosen. */
export function fillSelect(select: HTMLSelectElement, choices: readonly (readonly [string, string])[]): void {
  const { value, options } = select;
  const isSame = ([choice, text]: readonly [string, string], index: number) =>
    options[index]?.value === choice && options[index].text === text;
  // One that is open must not be taken apart.
  if (options.length === choices.length && choices.every(isSame)) return;
  select.replaceChildren(...choices.map(([choice, text]) => make('option', { value: choice }, text)));
  if (choices.some(([choice]) => choice === value)) select.value = value;
}

/** A 24 by 24 line drawing; decoration only, so name the button that it is in. */
export function icon(path: string): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** A person's initials on a colour of their own; decoration beside the name. */
export function avatar(user: { readonly id: string; readonly name: string }): HTMLElement {
  const element = make('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(user.name));
  element.style.setProperty('--hue', String(hueOf(user.id)));
  return element;
}
