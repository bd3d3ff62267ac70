// What a page does by itself.
import { prepareCode } from './code.js';
import { drawPlots } from './plots.js';
import { showProgress } from './progress.js';
import { prepareSearch } from './search.js';
import { startLesson } from './start-lesson.js';
import { Store } from './store.js';
import { watch } from './watch.js';

const { lesson } = document.body.dataset;
const store = new Store();
prepareSearch();
prepareCode();
const cells = lesson === undefined ? undefined : startLesson(lesson, store);
void showProgress(store);
void drawPlots();
void watch((name) => cells?.hasRun(name) !== true);
