import type { DisplayOutput, MimeBundle, Output } from '../notebook/notebook.js';

type Content = Readonly<Record<string, unknown>>;

/** Turns what a kernel publishes into the outputs of a notebook's cells. */
export class OutputCollector {
  readonly #outputs = new Map<string, Output[]>();
  readonly #displays = new Map<string, DisplayOutput>();
  /** Cells of which the next output takes the place of those before it. */
  readonly #clearsNext = new Set<string>();

  /** The outputs so far of the cell with that id; the list grows as long as the cell has more. */
  outputsOf(cell: string): Output[] {
    const outputs = this.#outputs.get(cell) ?? [];
    this.#outputs.set(cell, outputs);
    return outputs;
  }

  /** Lets go of a run whose outputs are shown no more: updates of its displays change nothing then. */
  forget(cell: string): void {
    const outputs = new Set<Output>(this.#outputs.get(cell));
    for (const [id, display] of this.#displays) {
      if (outputs.has(display)) this.#displays.delete(id);
    }
    this.#outputs.delete(cell);
  }

  /** Takes in a message about a cell; those that are no output change nothing. */
  add(cell: string, type: string, content: Content): void {
    if (type === 'clear_output') {
      if (content.wait === true) this.#clearsNext.add(cell);
      else this.outputsOf(cell).length = 0;
    } else if (type === 'update_display_data') {
      this.#update(content);
    } else {
      const output = this.#outputOf(type, content);
      if (output) this.#append(this.outputsOf(cell), output, this.#clearsNext.delete(cell));
    }
  }

  #outputOf(type: string, content: Content): Output | undefined {
    switch (type) {
      case 'stream':
      case 'execute_result':
      case 'error':
        return { output_type: type, ...structuredClone(content) } as unknown as Output;
      case 'display_data': {
        const { data, metadata, transient } = content as unknown as DisplayContent;
        const output: DisplayOutput = { output_type: type, data, metadata };
        if (transient.display_id !== undefined) this.#displays.set(transient.display_id, output);
        return output;
      }
      default:
        return undefined;
    }
  }

  #append(outputs: Output[], output: Output, clears: boolean): void {
    if (clears) outputs.length = 0;
    const last = outputs.at(-1);
    // Text that follows text on the same stream continues it.
    const continues =
      output.output_type === 'stream' &&
      last?.output_type === 'stream' &&
      last.name === output.name;
    if (continues) last.text = `${last.text as string}${output.text as string}`;
    else outputs.push(output);
  }

  /** An update changes a display where it stands, be it in an earlier cell. */
  #update(content: Content): void {
    const { data, metadata, transient } = content as unknown as DisplayContent;
    const shown = this.#displays.get(transient.display_id ?? '');
    if (shown) Object.assign(shown, { data, metadata });
  }
}

interface DisplayContent {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}
