type Listener = (type: string, content: Readonly<Record<string, unknown>>) => void;

/** How much text of a cell a page keeps, in characters; the kernel itself stops a little earlier. */
const mostText = 2 ** 20;
/** How many pictures and results. */
const mostDisplays = 300;

/** Passes on what a cell publishes, but of a flood only the beginning, with a sentence. */
export function limitOutputs(listen: Listener): Listener {
  let text = 0;
  let displays = 0;
  let isFull = false;
  return (type, content) => {
    if (type === 'clear_output') [text, displays, isFull] = [0, 0, false];
    if (type === 'stream') text += String(content.text).length;
    if (type === 'display_data') displays++;
    const counts = type === 'stream' || type === 'display_data';
    if (!counts || (text <= mostText && displays <= mostDisplays)) {
      listen(type, content);
    } else if (!isFull) {
      isFull = true;
      const notice = `\n… the rest is left out: a page keeps ${mostText} characters and ${mostDisplays} pictures per cell.\n`;
      listen('stream', { name: 'stdout', text: notice });
    }
  };
}
