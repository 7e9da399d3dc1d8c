import type { Connection } from '@sockeye/client';
import { connectionWords } from '../../../clients/demo/connection-words.ts';
import { byId } from './dom.ts';

/** Shows where the connection stands. */
export function showConnection(connection: Connection): void {
  const { word, text } = connectionWords(connection, navigator.onLine);
  const pill = byId('connection', HTMLParagraphElement);
  pill.dataset['phase'] = connection.phase;
  pill.firstElementChild!.textContent = word;
  byId('banner', HTMLDivElement).textContent = text;
}
