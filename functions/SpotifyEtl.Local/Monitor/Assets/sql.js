// The SQL page works without this, which brings an editor, answers in place, a way to stop them, and order among the rows that are shown.
'use strict';

(() => {
  const form = document.getElementById('question');
  const area = document.getElementById('sql');
  const answer = document.getElementById('answer');
  const progress = document.getElementById('progress');
  const cancel = document.getElementById('cancel');
  const draft = 'sql';

  for (const hint of document.querySelectorAll('[data-script]')) {
    hint.hidden = false;
  }

  // What was written last in this tab is there again, unless the address asks for something else.
  if (area.value === '' && location.search === '') {
    area.value = sessionStorage.getItem(draft) ?? '';
  }

  // Hidden, it could not be shown to lack text.
  area.required = false;
  const editor = sqlEditor.open(area, {
    label: 'Statement',
    tables: JSON.parse(form.dataset.tables),
    run: () => form.requestSubmit(),
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

  // What goes on: one question, or one download that the page asked for.

  let stop = null;

  const busy = (what, halt) => {
    const start = performance.now();
    const tell = () => {
      const seconds = Math.floor((performance.now() - start) / 1000);
      progress.textContent = seconds > 0 ? `${what} for ${seconds} s` : what;
    };
    stop?.();
    stop = halt;
    cancel.hidden = false;
    tell();
    const clock = setInterval(tell, 1000);
    return (text = '') => {
      clearInterval(clock);
      if (stop === halt) {
        const hadFocus = document.activeElement === cancel;
        stop = null;
        cancel.hidden = true;
        progress.textContent = text;
        if (hadFocus) {
          editor.focus();
        }
      }
    };
  };

  const ask = async () => {
    const request = new AbortController();
    const end = busy('Running', () => request.abort());
    answer.setAttribute('aria-busy', 'true');
    try {
      const reply = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'text/html' }, cache: 'no-store', signal: request.signal,
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
      if (error.name !== 'AbortError') {
        say('Not answered', 'The host does not answer.');
      } else {
        say('Cancelled', 'The query was stopped.');
      }
    } finally {
      answer.removeAttribute('aria-busy');
      end();
    }
  };

  // The browser itself takes the file, however large it is. The host tells what became of it.
  const post = (path, id, signal) => fetch(path, { method: 'POST', body: new URLSearchParams({ id }), cache: 'no-store', signal });

  const watch = async (button) => {
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    form.elements.id.value = id;
    const end = busy(`Writing the rows as ${button.textContent}`, () => post(`${button.formAction}/cancel`, id));
    try {
      const { text } = await (await post(`${button.formAction}/outcome`, id)).json();
      end(text);
    } catch {
      end();
    }
  };

  cancel.addEventListener('click', () => stop?.());

  form.addEventListener('submit', (event) => {
    if (area.value.trim() === '') {
      event.preventDefault();
      editor.focus();
    } else if (event.submitter?.name === 'format') {
      watch(event.submitter);
    } else {
      event.preventDefault();
      ask();
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
