// The SQL page works without this, which brings an editor, answers in place, a way to stop them, and order among the rows that are shown.
'use strict';

(() => {
  const form = document.getElementById('question');
  const area = document.getElementById('sql');
  const answer = document.getElementById('answer');
  const progress = document.getElementById('progress');
  const run = document.getElementById('run');
  const cancel = document.getElementById('cancel');
  const draft = 'sql';

  for (const hint of document.querySelectorAll('[data-script]')) {
    hint.hidden = false;
  }

  // What was written last in this tab is there again, unless the address asks for something else.
  if (area.value === '' && location.search === '') {
    area.value = sessionStorage.getItem(draft) ?? '';
  }

  const editor = sqlEditor.open(area, {
    label: 'Statement',
    describedby: 'keys',
    tables: JSON.parse(form.dataset.tables),
    run: () => form.requestSubmit(run),
  });

  form.querySelector('label[for="sql"]').addEventListener('click', (event) => {
    event.preventDefault();
    editor.focus();
  });
  addEventListener('pagehide', () => sessionStorage.setItem(draft, area.value));

  // Where the statement is wrong.

  const markFault = () => {
    const { line, column } = document.getElementById('fault')?.dataset ?? {};
    editor.mark(Number(line), Number(column));
  };

  markFault();

  // Answers.

  let asking = null;

  const show = (nodes, announcement) => {
    answer.replaceChildren(...nodes);
    tellTimes(answer);
    announcer.textContent = announcement ?? '';
    markFault();
  };

  const say = (title, text, link) => {
    const box = document.createElement('div');
    box.className = 'problems';
    box.id = 'fault';
    box.setAttribute('role', 'alert');
    const heading = document.createElement('h2');
    heading.textContent = title;
    const message = document.createElement('p');
    message.className = 'message';
    message.textContent = text;
    box.append(heading, message, ...(link ? [link] : []));
    show([box]);
  };

  const signIn = () => {
    const link = document.createElement('a');
    link.href = '/sign-in';
    link.target = '_blank';
    link.textContent = 'Sign in in another tab';
    return link;
  };

  const busy = (isBusy) => {
    run.disabled = isBusy;
    cancel.hidden = !isBusy;
    answer.setAttribute('aria-busy', String(isBusy));
    if (!isBusy) {
      progress.textContent = '';
    }
  };

  const ask = async (submitter) => {
    asking?.abort();
    const stop = asking = new AbortController();
    const start = performance.now();
    const tick = () => { progress.textContent = `Running for ${Math.floor((performance.now() - start) / 1000)} s`; };
    const clock = setInterval(tick, 1000);
    const hadFocus = document.activeElement === cancel;
    progress.textContent = 'Running';
    busy(true);
    try {
      const reply = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form, submitter)), headers: { accept: 'text/html' }, cache: 'no-store', signal: stop.signal,
      });
      if (reply.redirected) {
        say('Your session has ended', 'Sign in again; the statement stays here meanwhile.', signIn());
        return;
      }
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      const next = page.getElementById('answer');
      if (next === null) {
        say('Not answered', page.querySelector('main')?.textContent.trim() || `The host answered with status ${reply.status}.`);
        return;
      }
      show([...next.childNodes], next.querySelector('[data-announce]')?.dataset.announce);
    } catch (error) {
      if (asking === stop) {
        say(error.name === 'AbortError' ? 'Cancelled' : 'Not answered', error.name === 'AbortError' ? 'The query was stopped.' : 'The host does not answer.');
      }
    } finally {
      clearInterval(clock);
      if (asking === stop) {
        asking = null;
        busy(false);
        if (hadFocus || document.activeElement === document.body) {
          editor.focus();
        }
      }
    }
  };

  cancel.addEventListener('click', () => asking?.abort());

  form.addEventListener('submit', (event) => {
    if (area.value.trim() === '') {
      event.preventDefault();
      editor.focus();
    } else if (!event.submitter || event.submitter === run) {
      event.preventDefault();
      ask(run);
    }
  });

  // Order among the rows that are shown: missing values last, as in Athena.

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.querySelector('.missing') ? null : cell.querySelector('bdi').textContent;
  };

  const order = (heading, column) => {
    const table = heading.closest('table');
    const descending = heading.getAttribute('aria-sort') === 'ascending';
    const isNumeric = heading.classList.contains('number');
    const compare = isNumeric ? (one, other) => Number(one) - Number(other) : (one, other) => (one < other ? -1 : one > other ? 1 : 0);
    const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
    const filled = rows.filter(([value]) => value !== null).sort(([one], [other]) => (descending ? compare(other, one) : compare(one, other)));
    table.tBodies[0].replaceChildren(...[...filled, ...rows.filter(([value]) => value === null)].map(([, row]) => row));
    for (const other of heading.parentElement.cells) {
      other.removeAttribute('aria-sort');
      other.querySelector('.arrow').textContent = '';
    }
    heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    heading.querySelector('.arrow').textContent = descending ? ' ↓' : ' ↑';
    announcer.textContent = `Ordered by ${heading.querySelector('bdi').textContent}, ${descending ? 'descending' : 'ascending'}`;
  };

  answer.addEventListener('click', (event) => {
    const button = event.target.closest('button.order');
    if (button) {
      event.preventDefault();
      order(button.closest('th'), Number(button.dataset.column));
    }
  });
})();
