import type { DemoName } from './demo-build.ts';

const titles = { react: 'React', angular: 'Angular' } as const satisfies Record<DemoName, string>;

/** Shown while an application is being built, or with the build output if the build failed. */
export function statusPage(name: DemoName, output?: string): string {
  const title = titles[name];
  const [heading, text] =
    output === undefined
      ? [
          `Building the ${title} application`,
          'This takes a few seconds, once. The page reloads automatically.',
        ]
      : [`The ${title} application could not be built`, 'Fix the errors below, then restart the server.'];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    ${output === undefined ? '<meta http-equiv="refresh" content="1" />' : ''}
    <title>${heading}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/style.css" />
  </head>
  <body>
    <main class="sign-in">
      <div class="sign-in-card">
        <img src="/icon.svg" alt="" width="44" height="44" />
        <h1>${heading}</h1>
        <p class="muted" role="status">${text}</p>
        ${output === undefined ? '' : `<pre class="output">${escapeHtml(output)}</pre>`}
      </div>
    </main>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
