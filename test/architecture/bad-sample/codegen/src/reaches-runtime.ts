import '@sockeye/client';
