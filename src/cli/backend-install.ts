import { Presets, SingleBar } from 'cli-progress';
import { nativeKinds, type NativeKind } from '../backends/native/folder.js';
import { installNative, type Report } from '../backends/native/install.js';
import { defaultKind } from '../backends/native/tools.js';

/** Gets the native backend, and shows how far that is. */
export async function installBackend(flags: Partial<Record<NativeKind, boolean>>): Promise<void> {
  const kind = nativeKinds.find((name) => flags[name]) ?? defaultKind();
  console.log(`The native backend, ${kind}:`);
  const { report, end } = process.stdout.isTTY ? bars() : lines();
  try {
    const { folder, device, wasThere } = await installNative(kind, report);
    end();
    console.log(`It ${wasThere ? 'already exists, and ' : ''}works: ${device.device}.`);
    if (kind === 'cuda' && !device.gpu) console.log('It finds no NVIDIA GPU, only the CPU.');
    console.log(`It is in ${folder}`);
  } finally {
    end();
  }
}

interface Display {
  readonly report: Report;
  readonly end: () => void;
}

/** In a terminal: a bar for each file. */
function bars(): Display {
  let bar: SingleBar | undefined;
  let current = '';
  const end = () => {
    bar?.stop();
    bar = undefined;
    current = '';
  };
  // Ctrl-C ends the process at once, and the bar has hidden the cursor.
  process.once('exit', end);
  return {
    end,
    report: {
      step(title) {
        end();
        console.log(title);
      },
      bytes(file, bytes, total) {
        if (file !== current) {
          end();
          const format = '  {bar} {megabytes} of {size} MB  {name}';
          bar = new SingleBar({ format, hideCursor: true, barsize: 24 }, Presets.shades_classic);
          bar.start(total, 0, { name: title(file), size: inMegabytes(total), megabytes: '0' });
          current = file;
        }
        bar?.update(bytes, { megabytes: inMegabytes(bytes) });
      },
    },
  };
}

/** Elsewhere: a line for each file. */
function lines(): Display {
  let current = '';
  return {
    end: () => undefined,
    report: {
      step: console.log,
      bytes(file, _, total) {
        if (file !== current) console.log(`  ${title(file)}, ${inMegabytes(total)} MB`);
        current = file;
      },
    },
  };
}

/** The name and version in a wheel's name. */
function title(file: string): string {
  return file.split('-').slice(0, 2).join(' ').replaceAll('_', '-');
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
