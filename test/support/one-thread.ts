// Mocha requires this file before it starts the processes that run suites, which inherit the variables.
// Three suites run at once: with a thread for each core, all would wait for one another.
process.env.TF_NUM_INTRAOP_THREADS ??= '1';
process.env.TF_NUM_INTEROP_THREADS ??= '1';
