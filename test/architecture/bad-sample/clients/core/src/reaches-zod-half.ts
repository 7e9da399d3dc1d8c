import '@sockeye/contract';
