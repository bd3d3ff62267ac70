/** Calls back when another tab has the same lesson open. */
export function watchForOtherTabs(lesson: string, onOther: () => void): void {
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(`inception-lab:${lesson}`);
  } catch {
    return; // A page without an origin of its own has no others beside it.
  }
  channel.addEventListener('message', ({ data }) => {
    // Who was there first answers; once.
    if (data === 'opened') channel.postMessage('here');
    onOther();
  });
  channel.postMessage('opened');
}
