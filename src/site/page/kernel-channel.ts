import { connectChannels } from '../../kernel/connect-channels.js';
import { Kernel } from '../../kernel/kernel.js';
import { newId } from '../../kernel/message.js';
import type { Session } from '../../kernel/session.js';
import type { KernelChannel } from './connection.js';

/** This package's; the bundler puts it in. */
declare const INCEPTION_LAB_VERSION: string;

/** A kernel in this page, behind the channel that the page knows. */
export function kernelChannel(session: Session): KernelChannel {
  const { takeInput, ...channels } = connectChannels(
    (on, { header, parent_header, metadata, content }) => {
      channel.onMessage({ channel: on, header, parent_header, metadata, content });
    },
    newId(),
  );
  const channel: KernelChannel = {
    onMessage: () => undefined,
    onClose: () => undefined,
    send({ channel: on, header, parent_header, metadata, content }) {
      const message = { identities: [], header, parent_header, metadata, content };
      if (on === 'shell') kernel.handleShell(message);
      else if (on === 'control') kernel.handleControl(message);
      else if (on === 'stdin') takeInput(message);
    },
    close() {
      session.close();
    },
  };
  const kernel = new Kernel({
    ...{ session, version: INCEPTION_LAB_VERSION, ...channels },
    onEnd() {
      // The cells' worker may be gone, but the compiler's is not.
      session.close();
      channel.onClose();
    },
  });
  return channel;
}
