// Runs before the page is painted, so that it never shows in the wrong colours first. It is no
// module: those wait for the whole page.
(() => {
  const key = 'inception-lab:theme';
  const root = document.documentElement;
  root.classList.add('scripted');

  function remembered() {
    try {
      return localStorage.getItem(key) ?? 'system';
    } catch {
      return 'system'; // The browser remembers nothing for this page.
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch {
      // It holds until the page is left.
    }
  }

  root.dataset.theme = remembered();
  document.addEventListener('DOMContentLoaded', () => {
    const select = document.getElementById('page-theme');
    select.value = root.dataset.theme;
    select.addEventListener('change', () => {
      root.dataset.theme = select.value;
      remember(select.value);
    });
  });
})();
