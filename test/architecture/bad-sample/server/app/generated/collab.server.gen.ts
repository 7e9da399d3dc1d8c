import '@sockeye/client/codegen';
