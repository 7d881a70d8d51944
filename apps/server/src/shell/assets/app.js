// Nothing here is needed: every page works without it. It adds comfort where a browser can.
document.documentElement.classList.add('js');

// After an error the reader starts where the errors are named; a link there leads into its field.
const summary = document.querySelector('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// Two presses of a button are one wish. The server knows that too; this only saves the second answer.
for (const form of document.querySelectorAll('form'))
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent && !event.submitter?.name) event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 1500);
  });

// Read aloud, only on request and only where the browser can. Stop is always in view.
const listen = document.querySelector('[data-listen]');
if (listen && 'speechSynthesis' in window) {
  listen.hidden = false;
  const label = listen.textContent;
  const stop = () => {
    speechSynthesis.cancel();
    listen.textContent = label;
  };
  listen.addEventListener('click', () => {
    if (speechSynthesis.speaking) return stop();
    const words = new SpeechSynthesisUtterance(document.querySelector('main').innerText);
    words.lang = document.querySelector('main').lang || 'en-GB';
    words.addEventListener('end', stop);
    speechSynthesis.speak(words);
    listen.textContent = 'Stop reading';
  });
  addEventListener('pagehide', stop);
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// A draft that saves itself while somebody types. It stays in memory and on the server, never in this browser's storage:
// tablets are shared. Nothing is said at each letter, only when it is saved or cannot be.
const draft = document.querySelector('form[data-autosave]');
if (draft) {
  const status = draft.querySelector('[data-autosave-status]');
  const revision = draft.querySelector('[name=revision]');
  let timer;
  let sending = false;
  const save = async () => {
    if (sending) return later();
    sending = true;
    try {
      const answer = await fetch(draft.dataset.autosave, {
        method: 'POST',
        body: new URLSearchParams(new FormData(draft)),
      });
      if (answer.ok) {
        revision.value = (await answer.json()).revision;
        const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
        status.textContent = `Draft saved ${time}.`;
      } else if (answer.status === 409)
        status.textContent = 'Somebody changed this while you were typing. Press the button to see both.';
      else status.textContent = 'We could not save the draft. Keep typing. Do not close this page.';
    } catch {
      status.textContent = 'You are offline. Keep typing. Do not close this page.';
      later();
    } finally {
      sending = false;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 4000);
  };
  draft.addEventListener('input', later);
  draft.addEventListener('submit', () => clearTimeout(timer));
  draft.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.requestSubmit();
  });
}
