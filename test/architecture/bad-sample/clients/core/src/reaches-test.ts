import '../../../test/services.ts';
