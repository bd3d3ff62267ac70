// What a page does by itself.
import { chooseConnection } from './choose-connection.js';
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
// On the contents, too, whose address has the right to start kernels.
const connection = chooseConnection();
// Wanted as soon as the page is seen.
if (lesson !== undefined) void import('./editor.js');
const live = lesson === undefined ? undefined : startLesson(lesson, store, connection);
void showProgress(store);
drawPlots();
void watch((name, outputs) => live?.takeOver(name, outputs));
