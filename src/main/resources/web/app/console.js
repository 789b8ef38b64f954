import htmx from 'htmx.org';

window.htmx = htmx;

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box.matches('[data-tick-all]')) {
    box.form.querySelectorAll('input[name=id]').forEach((one) => { one.checked = box.checked; });
  }
});

// "/" goes to the search field, as in most consoles; not while somebody types.
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, textarea, select')) {
    event.preventDefault();
    document.getElementById('find')?.focus();
  }
});

// A part that changes by itself: the stream says when, the part asks anew, at most once a second.
const live = document.querySelector('[data-live]');
if (live) {
  const mark = (on) => {
    document.querySelector('[data-live-mark]').hidden = !on;
    document.querySelector('[data-still-mark]').hidden = on;
  };
  const stream = new EventSource(live.dataset.live);
  stream.addEventListener('board', () => { mark(true); htmx.trigger(live, 'changed'); });
  stream.addEventListener('error', () => mark(false));
}
