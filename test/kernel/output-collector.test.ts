import assert from 'node:assert/strict';
import { OutputCollector } from '../../dist/kernel/output-collector.js';

describe('OutputCollector', () => {
  it('lets go of a run that is shown no more, and of its displays alone', () => {
    const collector = new OutputCollector();
    const show = (run: string, id: string, text: string, type = 'display_data') => {
      const content = { data: { 'text/plain': text }, metadata: {}, transient: { display_id: id } };
      collector.add(run, type, content);
    };
    show('first', 'a', 'old');
    show('second', 'b', 'old');
    const [first, second] = [collector.outputsOf('first'), collector.outputsOf('second')];
    collector.forget('first');
    show('third', 'a', 'new', 'update_display_data');
    show('third', 'b', 'new', 'update_display_data');
    const texts = [first, second].map(([output]) => (output as { data: object }).data);
    assert.deepEqual(texts, [{ 'text/plain': 'old' }, { 'text/plain': 'new' }]);
    assert.deepEqual(collector.outputsOf('first'), []);
  });
});
