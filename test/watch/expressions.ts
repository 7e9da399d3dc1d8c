import type { Random } from './edits.ts';

/** An expression of JavaScript with whatever is hard to take apart, by chance. */
export function expressionOf(random: Random, depth = 3): string {
  if (depth === 0) return pick(atoms, random);
  const inner = () => expressionOf(random, depth - 1);
  return pick(forms, random)(inner);
}

const atoms: readonly string[] = [
  ...['first', 'known', 'other.default', '1_000', '.5', '0x1f', '1e3', 'true', 'null', 'undefined', '[]', '{}'],
  ...['"a\\"b"', "'it\\'s'", '"// no /* comment */"', '"${no}"', '`plain`', '`\\`${known}\\``', '`a\nb`', '``'],
  ...['/[/"\'`]/g', '/\\/\\*/', '/a(?:b|\\))c/u', '/[\\]/{]/', '/`/', '/"/.source', 'known.in', 'known.return'],
].map((text) => (text === '{}' ? '({})' : text)); // prettier-ignore

type Form = (inner: () => string) => string;

const forms: readonly Form[] = [
  (x) => `(${x()}) / (${x()}) / 2`,
  (x) => `known.default / (${x()}).length / 3`,
  (x) => `known / 2 / ("'" + ${x()})`,
  (x) => `(() => { let n = 1; return n++ / 2 / (${x()}); })()`,
  (x) => `typeof (${x()})`,
  () => 'typeof /["/]/ + void /[`]/',
  (x) => `((a) => { if (a) /["]/.test(a); else /[']/.test(a); return /[/*]/.test(${x()}); })`,
  (x) => `((a) => { switch (a) { case /["]/: return a; default: /[\`]/; } throw /[']/; })(${x()})`,
  (x) => `/["]/ instanceof RegExp && "a" in (${x()})`,
  (x) => `\`a\${\`b\${${x()}}c\`}d\${{ a: ${x()} }.a}\``,
  (x) => `\`\${known.name}\${${x()}}\``,
  (x) => `make\`a\${${x()}}b\``,
  (x) => `make(${x()}, ${x()})`,
  (x) => `make(${x()}).min(1).max(/* why */ 2)`,
  (x) => `known?.deep?.[${x()}]?.(${x()})`,
  (x) => `make?.(${x()})`,
  (x) => `known?.push(${x()})`,
  (x) => `{ key: make(${x()}), "quoted-key": make(${x()}), 3: make(1), get: make(2), async: make(3) }`,
  (x) => `{ get late() { return { key: make(${x()}) }; }, method() { return { key: make(${x()}) }; }, set late(v) {} }`,
  (x) => `{ ...${x()}, known, [${x()}]: make(1), nested: { deep: make(${x()}) } }`,
  (x) => `{ a: (b) => ({ inner: make(b) }), c: make(${x()}) }`,
  (x) => `((a, b = { key: make(${x()}) }) => a)`,
  (x) => `(({ a: b = make(1), ...c }) => ({ key: make(b) }))`.replace('make(1)', () => x()),
  (x) => `(async (a) => { await make(${x()}); })`,
  (x) => `(function* named(a) { yield /["]/; yield make(${x()}); })`,
  (x) => `(function named() { return this.a + arguments[0] + ${x()}; })`,
  (x) => `(class Named extends Map { static a = { key: make(${x()}) }; b = { key: make(1) }; static { make(2); } get c() { return make(3); } })`,
  (x) => `(class { #a = 1; has() { return this.#a / 2; } of(x) { return ${x()}; } })`,
  (x) => `new Map([[1, ${x()}]])`,
  (x) => `new (make(${x()}))`,
  (x) => `(known.a = ${x()})`,
  (x) => `(known.a ??= ${x()}, known.b++, --known.c, delete known.d)`,
  (x) => `[...${x()}, , ...make(${x()})]`,
  (x) => `(${x()} ? make(${x()}) : { key: make(${x()}) })`,
  (x) => `[1, 2].map((each) => make(each, ${x()}))`,
  (x) => `[1, 2].map((first || known) && known)`.replace('known)', () => `known, ${x()})`),
  (x) => `[1, 2].map((0, known), ${x()})`,
  (x) => `known.apply(null, [${x()}])`,
  (x) => `((list) => { outer: for (const a of list) { for (const b in a) { if (b) continue outer; break outer; } } return ${x()}; })`,
  (x) => `((list) => { for (known of list) ; for (known.a in list) ; return ${x()}; })`,
  (x) => `((list) => { for (let i = 0, of = 3; i < of / 2; i += 1) make(of / 2 / "'".length); return ${x()}; })`,
  (x) => `((a) => { /* it's "here" */ return a // it's \`there\` /*\n + ${x()}; })`,
  (x) => `((a, b) => a < !--b && ${x()})`,
  (x) => `((a) => { while (a-- > 0) { make(${x()}); } do { a = 1; } while (a < 0) })`,
  (x) => `((a) => { try { return make(${x()}); } catch { return {}; } finally { } })`,
  (x) => `((a) => { lbl: { break lbl; } return { lbl: make(a), a }; })(${x()})`,
  (x) => `((a) => { const { b, c: [d] } = a; return b / d / ${x()}; })`,
]; // prettier-ignore

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
