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
