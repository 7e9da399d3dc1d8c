import { readFile } from 'node:fs/promises';
import type { RequestHandler } from 'express';

const folder = new URL('./plain/', import.meta.url);

/** Files of the page, by the path below `/plain`. */
const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/plain.css': ['plain.css', 'text/css; charset=utf-8'],
  '/plain.js': ['plain.js', 'text/javascript; charset=utf-8'],
};

/** Serves a page that uses only Socket.IO's own client: an example of a client without generated code. */
export const plainPage: RequestHandler = async (request, response, next) => {
  const known = request.method === 'GET' || request.method === 'HEAD' ? files[request.path] : undefined;
  if (!known) return next();
  const [file, type] = known;
  response
    .set({ 'Content-Type': type, 'Cache-Control': 'no-cache' })
    .send(await readFile(new URL(file, folder), 'utf8'));
};
