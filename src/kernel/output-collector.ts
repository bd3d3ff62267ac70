import type { DisplayOutput, Output } from '../notebook/notebook.js';
import type { OutputMessage } from './messages.js';

/** Turns what a worker tells into the outputs of a notebook's cells. */
export class OutputCollector {
  /** Of the current cell. */
  outputs: Output[] = [];
  /** The number of the current cell, from 1. */
  executionCount = 0;
  readonly #displays = new Map<string, DisplayOutput>();
  /** Whether the next output takes the place of those before it. */
  #clearsNext = false;

  startCell(): void {
    this.outputs = [];
    this.#clearsNext = false;
    this.executionCount += 1;
  }

  add(message: OutputMessage): void {
    if (this.#clearsNext) this.outputs.length = 0;
    this.#clearsNext = false;
    switch (message.type) {
      case 'clear':
        if (message.wait) this.#clearsNext = true;
        else this.outputs.length = 0;
        break;
      case 'stream':
        this.#addText(message.name, message.text);
        break;
      case 'display':
        this.#addDisplay(message);
        break;
      case 'result':
        this.outputs.push({
          output_type: 'execute_result',
          execution_count: this.executionCount,
          data: message.data,
          metadata: {},
        });
        break;
      case 'error': {
        const { ename, evalue, traceback } = message;
        this.outputs.push({ output_type: 'error', ename, evalue, traceback: [...traceback] });
      }
    }
  }

  /** Text that follows text on the same stream continues it. */
  #addText(name: 'stdout' | 'stderr', text: string): void {
    const last = this.outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name)
      last.text = `${last.text as string}${text}`;
    else this.outputs.push({ output_type: 'stream', name, text });
  }

  /** An update changes a display where it stands, be it in an earlier cell. */
  #addDisplay({ content, update }: Extract<OutputMessage, { type: 'display' }>): void {
    const id = content.transient.display_id;
    const shown = id === undefined ? undefined : this.#displays.get(id);
    if (update && shown) {
      shown.data = content.data;
      shown.metadata = content.metadata;
      return;
    }
    const output: DisplayOutput = {
      output_type: 'display_data',
      data: content.data,
      metadata: content.metadata,
    };
    this.outputs.push(output);
    if (id !== undefined) this.#displays.set(id, output);
  }
}
