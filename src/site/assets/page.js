// What a page does by itself.
import { prepareCode } from './code.js';
import { drawPlots } from './plots.js';
import { showProgress } from './progress.js';
import { prepareSearch } from './search.js';
import { watch } from './watch.js';

prepareSearch();
prepareCode();
showProgress();
drawPlots();
watch(document.body.dataset);
