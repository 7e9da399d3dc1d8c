/* global document, location, fetch, FormData -- it runs in a browser as it is */
import { Manager } from '/socket.io/socket.io.esm.min.js';

const board = { workspaceId: 'ws_design' };
const general = { channelId: 'ch_general' };
const byId = (id) => document.getElementById(id);
const say = (text) => (byId('status').textContent = text);

/** Adds a line, the newest last, and forgets all but the last 20. */
function show(list, text) {
  const line = document.createElement('li');
  line.textContent = text;
  byId(list).append(line);
  while (byId(list).children.length > 20) byId(list).firstElementChild.remove();
}

/** Asks an event and resolves with its data; every answer has the same form. */
async function ask(socket, event, payload) {
  const answer = await socket.timeout(5_000).emitWithAck(event, payload);
  if (!answer.ok) throw new Error(`${event}: ${answer.error.code}`);
  return answer.data;
}

/** One connection, two namespaces. */
function connect(token, transports) {
  const manager = new Manager(location.origin, { transports });
  const auth = { token };
  const chat = manager.socket('/chat', { auth });
  const collab = manager.socket('/', { auth });

  chat.on('connect', async () => {
    const { page } = await ask(chat, 'channel:join', general);
    byId('messages').replaceChildren();
    for (const message of page.messages) show('messages', `${message.authorName}: ${message.text}`);
    for (const field of byId('say').elements) field.disabled = false;
    say(`Connected over ${manager.engine.transport.name}.`);
  });
  chat.on('message:new', (message) => show('messages', `${message.authorName}: ${message.text}`));
  collab.on('connect', () => ask(collab, 'workspace:join', board));
  collab.onAny((event) => show('events', `${new Date().toLocaleTimeString()} ${event}`));
  for (const socket of [chat, collab]) {
    socket.on('connect_error', (error) => say(`Refused: ${error.data?.code ?? error.message}`));
    socket.on('disconnect', (reason) => say(`Disconnected: ${reason}`));
  }
  manager.on('reconnect_attempt', (attempt) => say(`Reconnecting, attempt ${attempt} …`));
  manager.engine?.on('upgrade', () => say('Connected over websocket.'));
  return chat;
}

let chat;

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const { username, password, transport } = Object.fromEntries(form);
  const response = await fetch('/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const body = await response.json();
  if (!response.ok) return say(`Refused: ${body.error.message}`);
  chat?.io.engine.close();
  chat = connect(body.accessToken, transport.split(','));
});

byId('say').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const text = new FormData(form).get('text');
  try {
    await ask(chat, 'message:send', { ...general, text });
    form.reset();
  } catch (error) {
    say(error.message);
  }
});
