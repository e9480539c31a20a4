// The pages work without this: it renews their live parts and asks in a dialog what else a page of its own would ask.
'use strict';

// Null: the page went, or wants a session; only the browser itself can show that.
const fetchPage = async (url) => {
  const answer = await fetch(url, { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (answer.status >= 500) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
};

// Live parts.

const announcer = document.getElementById('announcer');

const shown = new WeakMap();

const renew = (now, next) => {
  const html = next.innerHTML;
  if (html === (shown.get(now) ?? now.innerHTML)) {
    return;
  }

  shown.set(now, html);

  const open = new Set([...now.querySelectorAll('details[open][id]')].map((details) => details.id));
  const focused = now.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute('href') : null;
  const scrolled = new Map([...now.querySelectorAll('pre')].map((pre, index) => [index, [pre.scrollLeft, pre.scrollTop]]));
  now.replaceChildren(...next.childNodes);
  for (const details of now.querySelectorAll('details[id]')) {
    details.open = open.has(details.id);
  }
  for (const [index, pre] of [...now.querySelectorAll('pre')].entries()) {
    [pre.scrollLeft, pre.scrollTop] = scrolled.get(index) ?? [0, 0];
  }
  if (focused !== null) {
    [...now.querySelectorAll('[id], [href]')].find((element) => element.id === focused || element.getAttribute('href') === focused)?.focus({ preventScroll: true });
  }
  if (now.dataset.announce !== next.dataset.announce) {
    now.dataset.announce = next.dataset.announce;
    announcer.textContent = next.dataset.announce;
  }
};

const refresh = async () => {
  const page = await fetchPage(location.href);
  if (!page) {
    location.reload();
    return;
  }

  for (const next of page.querySelectorAll('[data-live]')) {
    const now = document.getElementById(next.id);
    if (now) {
      renew(now, next);
    }
  }
  document.body.dataset.refresh = page.body.dataset.refresh ?? '';
};

const untilVisible = () => document.hidden
  ? new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
  : Promise.resolve();

const keepFresh = async () => {
  while (document.body.dataset.refresh) {
    await new Promise((resolve) => setTimeout(resolve, Number(document.body.dataset.refresh)));
    await untilVisible();
    try {
      await refresh();
      document.body.classList.remove('stale');
    } catch {
      // The host is down or restarts: what is shown may be old, and the next try will tell.
      document.body.classList.add('stale');
    }
  }
};

keepFresh();

// Questions.

const dialog = document.getElementById('dialog');

document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-dialog]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
    return;
  }

  event.preventDefault();
  try {
    const question = (await fetchPage(link.href))?.querySelector('form[data-confirm]');
    if (!question) {
      location.href = link.href;
      return;
    }
    dialog.dataset.opener = link.id;
    dialog.replaceChildren(question);
    dialog.showModal();
    question.querySelector('[data-back]').focus();
  } catch {
    location.href = link.href;
  }
});

dialog.addEventListener('click', (event) => {
  if (event.target === dialog || event.target.closest('[data-back]')) {
    event.preventDefault();
    dialog.close();
  }
});

// The live part that held the opener may have been renewed meanwhile.
dialog.addEventListener('close', () => document.getElementById(dialog.dataset.opener)?.focus());
