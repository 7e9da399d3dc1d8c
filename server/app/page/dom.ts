type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | null | undefined>>;

/** The element with an id. @throws Error when the page has none, or one of another kind. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} "${id}".`);
  return found;
}

/** Makes an element. `true` sets an empty attribute; false, null and undefined set none. Text is always text. */
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

/** Options for a select: value and text. */
export function fillSelect(select: HTMLSelectElement, choices: readonly (readonly [string, string])[]): void {
  const { value } = select;
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
  element.style.setProperty('--hue', String(hue(user.id)));
  return element;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}

/** Colours that are told apart, and go with the rest of the page; angles of OKLCH. */
const hues = [230, 105, 320, 150, 275, 45, 350, 200] as const;

function hue(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 53 + (letter.codePointAt(0) ?? 0)) % 8_191;
  return hues[sum % hues.length] ?? hues[0];
}
