import { suite } from './suite.js';

/** The suite as docs/isolation.md has it. */
export function suiteTable(): string {
  const rows = suite.map(
    ({ name, what, deserved }) => `| ${name} | ${what} | ${deserved.join(' + ')} |`,
  );
  return ['| | what the learner does | deserves |', '| --- | --- | --- |', ...rows].join('\n');
}
