import '../../codegen/src/model.ts';
