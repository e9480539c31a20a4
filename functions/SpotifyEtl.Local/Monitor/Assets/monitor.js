// The pages work without this: it tells times as the reader's clock does, renews live parts and asks in a dialog what else a page of its own would ask.
'use strict';

// Null: the page went, or wants a session; only the browser itself can show that.
const fetchPage = async (url) => {
  const answer = await fetch(url, { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (answer.status >= 500) {
    throw new Error(`${url}: ${answer.status}`);
  }
  return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
};

// Times: in local time and relative to now, with UTC on hover.

const units = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];

const relative = (time, now) => {
  const seconds = Math.abs(now - time) / 1000;
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  const text = `${Math.floor(seconds / length)} ${unit}`;
  return seconds < 1 ? 'now' : time > now ? `in ${text}` : `${text} ago`;
};

const pad = (number, length = 2) => String(number).padStart(length, '0');

const clock = (time) => `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;

const day = (time) => `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;

const local = (time, now) => day(time) === day(now) ? clock(time) : `${day(time)} ${clock(time)}`;

const tellTimes = (root) => {
  const now = new Date();
  for (const element of root.querySelectorAll('time[data-moment], time[data-clock]')) {
    const time = new Date(element.dateTime);
    element.title ||= element.dataset.clock === undefined ? element.textContent : `${element.dateTime.slice(0, 10)} ${element.textContent}`;
    element.textContent = element.dataset.clock === undefined
      ? `${relative(time, now)}, ${local(time, now)}`
      : `${clock(time)}.${pad(time.getMilliseconds(), 3)}`;
  }
};

// Live parts.

const announcer = document.getElementById('announcer');

const shown = new WeakMap();

for (const part of document.querySelectorAll('[data-live]')) {
  shown.set(part, part.innerHTML);
}

tellTimes(document);
setInterval(() => tellTimes(document), 10_000);

const renew = (now, next) => {
  const html = next.innerHTML;
  if (html === shown.get(now)) {
    return;
  }

  shown.set(now, html);

  const open = new Set([...now.querySelectorAll('details[open][id]')].map((details) => details.id));
  const focused = now.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute('href') : null;
  const scrolled = new Map([...now.querySelectorAll('pre')].map((pre, index) => [index, [pre.scrollLeft, pre.scrollTop]]));
  now.replaceChildren(...next.childNodes);
  tellTimes(now);
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
