export {};
import 'zod';
