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
