/**
 * The same text. One that was put together of many is kept by V8 as their tree, which is walked whenever the text is
 * copied; asked for a character it puts the tree together for good. For texts that are kept and copied again and again.
 */
export function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}
