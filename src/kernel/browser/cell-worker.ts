/**
 * The worker in which a page's cells run. A cell may loop or exhaust memory: that is why this is a
 * worker of its own.
 */
import { setEnvironment } from '../../platform/browser/environment.js';
import { courseFilesAt } from '../../platform/browser/course-folder.js';
import { Cause } from '../cells/cause.js';
import { describeError } from '../cells/cell-error.js';
import { CellRunner } from '../cells/cell-runner.js';
import type { Execution } from '../messages.js';
import { gatherText } from '../cells/gather-text.js';
import { Modules } from '../cells/modules.js';
import { limitOutput } from '../cells/output-limit.js';
import { reportOrigins } from '../cells/positions.js';
import { CarriedPackages } from './carried-packages.js';
import { compileFunction } from './evaluate.js';
import { ready, type CellMessage, type CellRequest, type StartRequest } from './messages.js';
import { NotebookConsole } from './notebook-console.js';
import { takeStorage } from './take-storage.js';
import { workerPort } from './worker-port.js';

const port = workerPort<CellRequest, CellMessage>();
const nextTurn = globalThis.setTimeout.bind(globalThis);
const assets = new URL('.', import.meta.url).href;

const cause = new Cause<Execution>();

const packages = new CarriedPackages(() => {
  runner.onLoad();
});

const runner = new CellRunner({
  send: limitOutput(gatherText(port.send).send),
  ...{ cause, compile: compileFunction, notebookPath: '/notebook.ipynb' },
  modules: new Modules(packages, compileFunction),
  // What is bundled says nothing to a learner.
  describeError: (thrown) => describeError(thrown, (frame) => frame.includes(assets)),
  // A rejection is reported one turn of the event loop after it happened.
  turn: () => new Promise((resolve) => nextTurn(resolve)),
});

Object.assign(
  console,
  new NotebookConsole((name, text) => {
    runner.print(name, text);
  }),
);

reportOrigins();

addEventListener('error', (event) => {
  event.preventDefault();
  runner.fail(event.error);
  cause.forget();
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  runner.fail(event.reason);
});

function start({ backend, courseFiles }: StartRequest): void {
  if (backend !== undefined) setEnvironment('INCEPTION_LAB_BACKEND', backend);
  courseFilesAt(courseFiles);
}

/** The library comes while the first cell is compiled, and takes what it needs of the globals. */
const isPrepared = packages.prepare('inception-lab').then(takeStorage);

port.listen((request) => {
  if (request.type === 'start') start(request);
  else if (request.type === 'execute')
    void isPrepared.then(() => {
      runner.handle(request);
    });
  else runner.handle(request);
});
port.send(ready);
