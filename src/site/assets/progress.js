// How far the learner is: the browser remembers which lessons were read or marked as done.

const key = 'inception-lab:progress';

/** `{ '01-the-convolution-unit': 'read', … }`; `undefined` if the browser remembers nothing. */
function recall() {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
  } catch (error) {
    // What another program has left there is no progress; without a memory there is nothing to show.
    return error instanceof SyntaxError ? {} : undefined;
  }
}

function remember(progress) {
  try {
    localStorage.setItem(key, JSON.stringify(progress));
  } catch {
    // Full, or forbidden since: the page goes on without.
  }
  show();
}

/** Shows what is remembered, and remembers what happens on this page. */
export function showProgress() {
  if (!recall()) return;
  show();
  // A page that the browser had kept may be out of date.
  addEventListener('pageshow', show);
  addEventListener('storage', show);
  const { lesson } = document.body.dataset;
  if (lesson) followLesson(lesson);
  document.querySelector('#page-course-progress .reset')?.addEventListener('click', () => {
    if (confirm('Forget which lessons you have read and done?')) remember({});
  });
}

function followLesson(lesson) {
  const box = document.getElementById('page-done');
  box.addEventListener('change', () => {
    remember({ ...recall(), [lesson]: box.checked ? 'done' : 'read' });
  });
  // Who sees the end has read the lesson.
  new IntersectionObserver((entries) => {
    const progress = recall() ?? {};
    const isSeen = entries.some(({ isIntersecting }) => isIntersecting);
    if (isSeen && !progress[lesson]) remember({ ...progress, [lesson]: 'read' });
  }).observe(box);
}

function show() {
  const progress = recall() ?? {};
  for (const mark of document.querySelectorAll('[data-progress]')) {
    mark.textContent = { read: 'Read', done: '✓ Done' }[progress[mark.dataset.progress]] ?? '';
  }
  const finish = document.getElementById('page-finish');
  if (finish) {
    finish.hidden = false;
    document.getElementById('page-done').checked =
      progress[document.body.dataset.lesson] === 'done';
  }
  const section = document.getElementById('page-course-progress');
  if (section) showCourse(section, progress);
}

function showCourse(section, progress) {
  const links = [...document.querySelectorAll('.contents h2 a')];
  const slugOf = (link) => link.getAttribute('href').replace('.html', '');
  const done = links.filter((link) => progress[slugOf(link)] === 'done').length;
  const next = links.find((link) => progress[slugOf(link)] !== 'done');
  section.hidden = false;
  section.querySelector('.count').textContent =
    `${done} of ${links.length} ${links.length === 1 ? 'lesson' : 'lessons'} done.`;
  const bar = section.querySelector('progress');
  bar.max = links.length;
  bar.value = done;
  const goOn = section.querySelector('.go-on');
  goOn.hidden = !next;
  if (next) {
    goOn.href = next.getAttribute('href');
    const begun = Object.keys(progress).length > 0;
    goOn.textContent = `${begun ? 'Go on with' : 'Begin with'} “${next.textContent}”`;
  }
  section.querySelector('.reset').hidden = Object.keys(progress).length === 0;
}
