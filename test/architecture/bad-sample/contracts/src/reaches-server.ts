import '@sockeye/server';
